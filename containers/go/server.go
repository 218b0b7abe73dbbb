package main

import (
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
	listener, err := tls.Listen("tcp", net.JoinHostPort(os.Getenv("HOST"), os.Getenv("PORT")), config)
	if err != nil {
		return err
	}
	for {
		peer, err := listener.Accept()
		if err != nil {
			return err
		}
		go func() {
			defer peer.Close()
			if _, err := io.Copy(peer, peer); err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
		}()
	}
}
