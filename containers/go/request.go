package main

import (
	"crypto/tls"
	"fmt"
	"os"
	"strconv"
)

// By name, because an old crypto/tls has no constant for the newer ones.
var groups = map[string]tls.CurveID{
	"secp256r1": 23, "secp384r1": 24, "secp521r1": 25, "x25519": 29,
	"X25519MLKEM768": 4588, "SecP256r1MLKEM768": 4587, "SecP384r1MLKEM1024": 4589,
}

func suites() []*tls.CipherSuite {
	return append(tls.CipherSuites(), tls.InsecureCipherSuites()...)
}

// requested is a configuration with the one version, suite and group that the environment names, or Go's own.
func requested() (*tls.Config, error) {
	if os.Getenv("VERSION") == "" {
		return withKeyLog(&tls.Config{})
	}
	version, err := strconv.ParseUint(os.Getenv("VERSION"), 0, 16)
	if err != nil {
		return nil, err
	}
	config := &tls.Config{MinVersion: uint16(version), MaxVersion: uint16(version)}
	for _, suite := range suites() {
		if suite.Name == os.Getenv("SUITE") {
			config.CipherSuites = []uint16{suite.ID}
		}
	}
	if config.CipherSuites == nil {
		return nil, fmt.Errorf("crypto/tls has no suite %s", os.Getenv("SUITE"))
	}
	if name := os.Getenv("GROUP"); name != "" {
		group, known := groups[name]
		if !known {
			return nil, fmt.Errorf("crypto/tls has no group %s", name)
		}
		config.CurvePreferences = []tls.CurveID{group}
	}
	return withKeyLog(config)
}

func withKeyLog(config *tls.Config) (*tls.Config, error) {
	var err error
	config.KeyLogWriter, err = os.OpenFile("keys.log", os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	return config, err
}
