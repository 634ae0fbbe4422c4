package main

import (
	"path/filepath"

	"github.com/spf13/cobra"
)

func (c *cli) vaultCommand() *cobra.Command {
	group := c.group("vault", phrase("Hvelvet: nøklene til tekstene, og hvem brukerne er", "Kvelvet: nøklane til tekstane, og kven brukarane er", "The vault: the keys of the texts, and who the users are"))
	group.AddCommand(c.vaultBackup())
	return group
}

func (c *cli) vaultBackup() *cobra.Command {
	cmd := c.verb("backup DIR", phrase(
		"Skriver en kopi av hvelvet, kryptert, til en ny katalog; ta den etter kopien av loggen",
		"Skriv ein kopi av kvelvet, kryptert, til ein ny katalog; ta han etter kopien av loggen",
		"Writes a copy of the vault, encrypted, to a new directory; take it after the copy of the log"),
		func(cmd *cobra.Command, args []string) error {
			dir, err := filepath.Abs(args[0]) // a serve stands elsewhere
			if err != nil {
				return errNotWritten.With(args[0], inWords(err))
			}
			var keys int
			err = c.within(cmd.Context(), c.there(cmd.Context()), func(h house) error {
				keys, err = h.BackUpVault(cmd.Context(), dir)
				return err
			})
			if err == nil {
				c.say(phrase("Skrev hvelvet til %[1]s: %[2]d nøkler. Hovednøkkelen, som det er kryptert med, er ikke med; ta vare på den et annet sted.",
					"Skreiv kvelvet til %[1]s: %[2]d nøklar. Hovudnøkkelen, som det er kryptert med, er ikkje med; ta vare på han ein annan stad.",
					"Wrote the vault to %[1]s: %[2]d keys. The master key, under which it is encrypted, is not in it; keep that elsewhere."), args[0], keys)
			}
			return err
		})
	cmd.Example = `  framdrift log export kopi/ && framdrift vault backup kopi-vault`
	return cmd
}
