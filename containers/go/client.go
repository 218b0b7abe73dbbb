package main

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"io/ioutil"
	"net"
	"os"
	"strings"
)

// What is said in the clear: how the line begins that the server must have said, then what the client says.
var openings = map[string][][2]string{
	"smtp": {{"220 ", "EHLO tlsinterop.test\r\n"}, {"250 ", "STARTTLS\r\n"}, {"220 ", ""}},
	"imap": {{"* OK", "a0 STARTTLS\r\n"}, {"a0 OK", ""}},
}

// talk passes standard input to the server and the server's words to standard output.
func talk() error {
	config, err := requested()
	if err != nil {
		return err
	}
	roots, err := ioutil.ReadFile(os.Getenv("CA")) // os.ReadFile is younger than Go 1.15
	if err != nil {
		return err
	}
	config.RootCAs = x509.NewCertPool()
	config.RootCAs.AppendCertsFromPEM(roots)
	config.ServerName = os.Getenv("SERVER_NAME")
	socket, err := net.Dial("tcp", net.JoinHostPort(os.Getenv("HOST"), os.Getenv("PORT")))
	if err != nil {
		return err
	}
	if err := open(socket, openings[os.Getenv("STARTTLS")]); err != nil {
		return err
	}
	peer := tls.Client(socket, config)
	if err := peer.Handshake(); err != nil {
		return err
	}
	go func() {
		io.Copy(peer, os.Stdin)
		peer.CloseWrite()
	}()
	_, err = io.Copy(os.Stdout, peer)
	peer.Close()
	return err
}

func open(socket net.Conn, steps [][2]string) error {
	lines := bufio.NewReader(socket)
	for _, step := range steps {
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				return fmt.Errorf("before TLS, waiting for %q: %w", step[0], err)
			}
			if strings.HasPrefix(line, step[0]) {
				break
			}
		}
		if _, err := io.WriteString(socket, step[1]); err != nil {
			return err
		}
	}
	return nil
}
