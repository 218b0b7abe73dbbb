// Command go-tls is crypto/tls as a server, a client, and what it has to offer. What is asked stands in the environment.
package main

import (
	"fmt"
	"os"
	"runtime"
)

func main() {
	commands := map[string]func() error{
		"version":      func() error { _, err := fmt.Println(runtime.Version()); return err },
		"capabilities": listCapabilities,
		"server":       serve,
		"client":       talk,
	}
	command := commands[os.Args[1]]
	if err := command(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
