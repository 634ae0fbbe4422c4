module github.com/fosenregionen/framdrift

go 1.26
