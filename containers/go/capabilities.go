package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"math/big"
	"net"
	"time"
)

var versions = []struct {
	name string
	code uint16
}{{"tls1.0", tls.VersionTLS10}, {"tls1.1", tls.VersionTLS11}, {"tls1.2", tls.VersionTLS12}, {"tls1.3", tls.VersionTLS13}}

// listCapabilities prints what works between crypto/tls and itself: a list of names would not tell what is disabled.
func listCapabilities() error {
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return err
	}
	ecdsaKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	var own []tls.Certificate
	for _, key := range []crypto.Signer{rsaKey, ecdsaKey} {
		certificate, err := selfSigned(key)
		if err != nil {
			return err
		}
		own = append(own, certificate)
	}
	for _, version := range versions {
		for _, suite := range suites() {
			if isOf(suite, version.code) && works(own, version.code, suite.ID, 0) {
				fmt.Println("suite", version.name, suite.Name)
			}
		}
	}
	for name, group := range groups {
		if works(own, tls.VersionTLS13, 0, group) {
			fmt.Println("group", name)
		}
	}
	return nil
}

func isOf(suite *tls.CipherSuite, version uint16) bool {
	for _, supported := range suite.SupportedVersions {
		if supported == version {
			return true
		}
	}
	return false
}

func selfSigned(key crypto.Signer) (tls.Certificate, error) {
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
}

func works(own []tls.Certificate, version uint16, suite uint16, group tls.CurveID) bool {
	config := &tls.Config{Certificates: own, MinVersion: version, MaxVersion: version, InsecureSkipVerify: true}
	if suite != 0 {
		config.CipherSuites = []uint16{suite}
	}
	if group != 0 {
		config.CurvePreferences = []tls.CurveID{group}
	}
	near, far := net.Pipe()
	near.SetDeadline(time.Now().Add(5 * time.Second))
	client, server := tls.Client(near, config), tls.Server(far, config)
	ended := make(chan error, 1)
	go func() { ended <- server.Handshake(); far.Close() }()
	err := client.Handshake()
	// Among its suites of TLS 1.3 Go chooses by itself: that a handshake took another can't tell that this one is missing.
	is := suite == 0 || version == tls.VersionTLS13 || client.ConnectionState().CipherSuite == suite
	near.Close()
	return <-ended == nil && err == nil && is
}
