package main

import (
	"crypto/rand"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"os"
)

// serve echoes whatever it receives.
func serve() error {
	config, err := requested()
	if err != nil {
		return err
	}
	certificate, err := tls.LoadX509KeyPair(os.Getenv("CERTIFICATE"), os.Getenv("KEY"))
	if err != nil {
		return err
	}
	config.Certificates = []tls.Certificate{certificate}
	listener, err := net.Listen("tcp", net.JoinHostPort(os.Getenv("HOST"), os.Getenv("PORT")))
	if err != nil {
		return err
	}
	for {
		plain, err := listener.Accept()
		if err != nil {
			return err
		}
		// With other keys for its tickets the server has forgotten every session.
		if os.Getenv("RESUME") == "forget" {
			var key [32]byte
			if _, err := rand.Read(key[:]); err != nil {
				return err
			}
			config.SetSessionTicketKeys([][32]byte{key})
		}
		peer := tls.Server(plain, config)
		go func() {
			defer peer.Close()
			if _, err := io.Copy(peer, peer); err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
		}()
	}
}
