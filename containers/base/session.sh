# What a harness session can ask of an endpoint's shell. The harness feeds this file to one long-lived bash, in the
# endpoint's container or on this machine, and then one line a request. Every request runs in the background, in a
# folder of its own below the endpoint's, and answers with one line: "<id> <exit code> <more>". How long it may take the
# harness knows: it says "late" when the time is up.
# Exit codes are those of the command; 98: the port is taken; 124: it was late; 127: the stack says that it can't do what
# was asked.
# What runs for each cell starts no process but the endpoint's own: each costs as much as a good part of a handshake.
umask 0000
exec 8>&1
exec 9<> <(:)       # never readable: waiting on it costs no process
trap 'trap "" TERM; kill -TERM 0 2>/dev/null' EXIT

# What a command writes into one file ends here, in KiB: whoever floods is not to fill the disk. A server has many
# clients to tell of.
limit=16384
server_limit=262144

# hello ID: the address at which the network of the run reaches this shell.
hello() {
    local address name
    while read -r address name _; do
        [[ $name == "$HOSTNAME" ]] && { answer "$1" 0 "$address"; return; }
    done </etc/hosts
    answer "$1" 0 127.0.0.1
}

answer() { printf '%s\n' "$*" >&8; }
pause() { read -r -t "${1:-0.004}" -u 9 _; }

# enter ID FOLDER: goes where a request's files lie.
enter() {
    [[ -d $2 ]] || mkdir -p "$2"
    cd "$2" || { answer "$1" 126 1; exit; }
}

# owns PID: a request's command, in a process group of its own, which the session's own signal does not reach: when the
# session ends, so does it; when its time is up, it is asked to end, and ended the next time.
owns() {
    pid=$1 late=0
    trap "kill -TERM -- -$1 2>/dev/null; exit 143" TERM
    trap "((late++)) && kill -KILL -- -$1 2>/dev/null || kill -TERM -- -$1 2>/dev/null" USR1
}

# obey COMMAND: runs a request's command. A function is traced as what stands in it; of "eval" each line tells that too.
obey() {
    eval "request() { $1
}" || exit 2
    request
}

# late ID: the time of a request is up.
late() { kill -USR1 "${requests[$1]}" 2>/dev/null; }

# remember ID PID: the process of a request; who is late is among the last ones.
remember() {
    requests[$1]=$2
    (($1 <= 10000)) || unset "requests[$(($1 - 10000))]"
}

# ended: waits for the command; its exit code is in "code".
ended() {
    # A signal to this shell ends "wait", and not what is waited for.
    until wait "$pid"; code=$?; ((code <= 128)) || ! kill -0 "$pid" 2>/dev/null; do :; done
    ((late == 0)) || code=124
}

# once COMMAND...: its exit code. If it is 0, it is not run again for the same question: what a stack can do stays.
once() {
    local key=../once-${*//[^[:alnum:]+-]/_}
    [[ -e $key ]] && return
    "$@" && { ((${#key} > 200)) || : >"$key"; }
}

# listening PORT: true once something listens on it, IPv4 or IPv6. Those that listen come first in the tables; they are
# read line by line, as what comes behind them has room for all connections of the machine, and takes milliseconds.
listening() {
    local port table lines
    printf -v port ':%04X' "$1"
    for table in /proc/net/tcp /proc/net/tcp6; do
        [[ -r $table ]] || continue
        lines=
        while IFS= read -r -N 150 -u 6; do
            lines+=$REPLY
            [[ $lines =~ $port\ 0+:0000\ 0A ]] && return
            [[ $lines =~ :[0-9A-F]{4}\ [0-9A-F]+:[0-9A-F]{4}\ 0[1-9B] ]] && break
        done 6<$table
    done
    return 1
}

# sockets PID: true if the process has one, and now and then: it may have left that to another.
sockets() {
    local file
    for file in "/proc/$1/fd/"*; do [[ -S $file ]] && return; done
    ((++without % 8 == 0))
}

# verdict CODE UNSUPPORTED FILE: 127 if the command failed with words that mean "can't do that".
verdict() {
    [[ $1 -ne 0 && $1 -ne 124 && -n $2 && -r $3 && $(<"$3") =~ $2 ]] && return 127
    return "$1"
}

# run ID FOLDER UNSUPPORTED COMMAND: one command, its output in FOLDER/output.
run() {
    (
        enter "$1" "$2"
        ulimit -f $limit
        set -m
        { obey "$4"; } </dev/null >output 2>&1 8>&- 9>&- &
        set +m
        owns $!
        ended
        verdict $code "$3" output
        answer "$1" $?
    ) &
    remember "$1" $!
}

# serve ID FOLDER UNSUPPORTED PORT COMMAND: starts a server; answers "ID 0 PID" when it listens.
serve() {
    (
        enter "$1" "$2"
        listening "$4" && { answer "$1" 98; exit; }
        ulimit -f $server_limit
        set -m
        { obey "$5"; } </dev/null >output 2>&1 8>&- 9>&- &
        set +m
        owns $!
        until sockets $pid && listening "$4"; do
            if ! kill -0 $pid 2>/dev/null; then
                ended
                verdict $code "$3" output
                code=$?
                # Whoever ended without a complaint does not listen either.
                answer "$1" $((code == 0 ? 1 : code))
                exit
            fi
            pause
        done
        answer "$1" 0 $pid
        ended
    ) &
    remember "$1" $!
}

# stop ID PID: ends a server and all it started.
stop() {
    kill -TERM -- "-$2" 2>/dev/null
    answer "$1" 0
}

# talk ID FOLDER UNSUPPORTED COMMAND CONVERSATION: a client that passes its standard input to the peer and the peer's
# words to its standard output. CONVERSATION is made of "say", "hear", "hush", "mirror", "bid", "finish" and "part"; then
# the input ends.
# Answers "ID CODE TALKED": TALKED is 0 if the conversation went to its end.
talk() {
    (
        enter "$1" "$2"
        ulimit -f $limit
        set -m
        coproc client { obey "$4"; } 2>messages 8>&- 9>&-
        set +m
        owns $client_PID
        trap '' PIPE XFSZ
        exec 3>&"${client[1]}" 4<&"${client[0]}"
        eval "exec ${client[1]}>&- ${client[0]}<&-"
        eval "$5"
        talked=$?
        exec 3>&-
        part
        exec 4<&-
        ended
        verdict $code "$3" messages
        answer "$1" $? $talked
    ) &
    remember "$1" $!
}

# dial: for a client's command: descriptor 3 becomes a connection to $HOST:$PORT on which TLS is what comes next, after
# what $STARTTLS (smtp, imap, pop3 or nothing) says in the clear; with $INJECT a goodbye stands right behind the
# STARTTLS. bash reads a socket octet by octet: none of TLS is lost.
dial() {
    local steps=() pattern line goodbye=$'QUIT\r\n'
    [[ ${STARTTLS:-} == imap ]] && goodbye=$'i0 LOGOUT\r\n'
    [[ -n ${INJECT:-} ]] || goodbye=
    case ${STARTTLS:-} in
        smtp) steps=('^220 ' $'EHLO tlsinterop.test\r\n' '^250 ' $'STARTTLS\r\n'"$goodbye" '^220 ' '') ;;
        imap) steps=('^\* OK' $'a0 STARTTLS\r\n'"$goodbye" '^a0 OK' '') ;;
        pop3) steps=('^\+OK' $'STLS\r\n'"$goodbye" '^\+OK' '') ;;
    esac
    exec 3<>"/dev/tcp/$HOST/$PORT" || return
    set -- "${steps[@]}"
    while (($# > 0)); do
        pattern=$1
        while IFS= read -r line <&3 || return; do [[ $line =~ $pattern ]] && break; done
        # One write, and so one segment: printf makes one of each line.
        [[ -z $2 ]] || head -c ${#2} <<<"$2" >&3
        shift 2
    done
}
export -f dial

# openssl_configuration: for a program whose options say less than what is asked for: holds libssl itself to $VERSION
# (as MinProtocol has it), $SUITE and $GROUP, and makes $CIPHERS for an option. Fails if libssl has no such suite. Where
# nobody asks for a version, libssl stays as the distribution has it.
openssl_configuration() {
    local suite
    export CIPHERS=
    [[ $VERSION ]] || return 0
    if [[ $VERSION == TLSv1.3 ]]; then
        CIPHERS=DEFAULT:@SECLEVEL=0 suite="Ciphersuites = $SUITE"
        openssl ciphers -tls1_3 -ciphersuites "$SUITE" >/dev/null || return
    else
        CIPHERS=$SUITE:@SECLEVEL=0 suite="CipherString = $SUITE:@SECLEVEL=0"
        openssl ciphers "$CIPHERS" >/dev/null || return
    fi
    printf '%s\n' 'openssl_conf = a' '[a]' 'ssl_conf = b' '[b]' 'system_default = c' '[c]' \
        "MinProtocol = $VERSION" "MaxProtocol = $VERSION" "$suite" "${GROUP:+Groups = $GROUP}" >openssl.cnf
    export OPENSSL_CONF=$PWD/openssl.cnf
}

# openssl_suites [LESS]: for "capabilities": what this machine's libssl offers in each version, but for LESS
# ("!PSK:!SRP").
openssl_suites() {
    local version
    for version in tls1.0=-tls1 tls1.1=-tls1_1 tls1.2=-tls1_2 tls1.3=-tls1_3; do
        openssl ciphers -s "${version#*=}" "ALL:COMPLEMENTOFALL${1:+:$1}:@SECLEVEL=0" 2>/dev/null | tr : '\n' |
            sed "s/^/suite ${version%=*} /"
    done
}

# openssl_groups: for "capabilities": the groups of this machine's libssl. No version lists them in a way that the older
# ones have too: s_client refuses those that it lacks before it connects, and here nobody listens.
openssl_groups() {
    local group
    for group in X25519 X448 P-256 P-384 P-521 ffdhe2048 ffdhe3072 X25519MLKEM768 SecP256r1MLKEM768 \
        SecP384r1MLKEM1024; do
        openssl s_client -groups "$group" -connect 127.0.0.1:1 2>&1 </dev/null |
            grep -q 'Connection refused\|connect:errno' && echo "group $group"
    done
    return 0
}
# gnutls_offers [LESS]: for "capabilities": the suites and groups of this machine's libgnutls, but for LESS
# ("ANON|PSK|SRP"). In "TLS_RSA_AES_128_CBC_SHA1   0x00, 0x2f   TLS1.0" the version is the oldest that may use the suite.
gnutls_offers() {
    gnutls-cli --list | awk -v less="${1:-^$}" '
        /^TLS_/ && $1 !~ less {
            if ($NF == "TLS1.3") print "suite tls1.3 " $1
            else for (v = substr($NF, 6) + 0; v <= 2; v++) print "suite tls1." v " " $1
        }
        /^Groups:/ { gsub(/,/, ""); for (i = 2; i <= NF; i++) print "group " substr($i, 7) }'
}

# openssl_certificates, gnutls_certificates: for "capabilities": the kinds of certificates, beside those that every
# stack takes, that a server with this machine's library can have. What it can make a key of, it can use.
openssl_certificates() {
    local key bits
    for key in ed25519 ed448 rsa-pss; do
        openssl genpkey -algorithm $key >/dev/null 2>&1 && echo "certificate ${key/pss/pss2048}"
    done
    for bits in 384 521; do
        openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-$bits >/dev/null 2>&1 &&
            echo "certificate ecdsa-p$bits"
    done
    return 0
}
gnutls_certificates() {
    local key bits
    for key in ed25519 ed448 rsa-pss; do
        certtool --generate-privkey --key-type=$key >/dev/null 2>&1 && echo "certificate ${key/pss/pss2048}"
    done
    for bits in 384 521; do
        certtool --generate-privkey --key-type=ecdsa --curve=secp${bits}r1 >/dev/null 2>&1 &&
            echo "certificate ecdsa-p$bits"
    done
    return 0
}
export -f openssl_configuration openssl_suites openssl_groups openssl_certificates gnutls_offers gnutls_certificates

say() { printf '%b' "$1" >&3 2>/dev/null; }

# hear PATTERN: lines until one matches.
hear() {
    local line
    while IFS= read -r -n 65536 line <&4; do
        printf '%s\n' "$line" >>heard 2>/dev/null
        [[ ${line%$'\r'} =~ $1 ]] && return 0
    done
    return 1
}

# hush SECONDS: nobody says anything.
hush() {
    local octet
    IFS= read -r -t "$1" -n 1 -u 4 octet
    (($? > 128))
}

# finish: the client's input ends; what it has to say is said.
finish() { exec 3>&-; }

# bid ORDER: tells the client itself something, and waits until it has taken that: what is said behind it must not be
# read together with it.
bid() {
    say "$1"
    exec 5</proc/self/fd/3
    while read -r -t 0 -u 5 && kill -0 $pid 2>/dev/null; do pause; done
    exec 5<&-
}

# part: waits until the peer has closed.
part() {
    local octet
    IFS= read -r -N 1 -u 4 octet || return 0
    { printf '%s' "$octet"; cat <&4; } >>rest 2>/dev/null
}

# mirror FILE OCTETS: sends the file and expects the very same octets back. They are read while others are still sent:
# where a machine has many pipes, the kernel gives a new one 4 KiB only, and a client that can't get rid of what came
# back takes no more.
mirror() {
    local LC_ALL=C sent first rest= heard
    IFS= read -r -N "$2" sent <"$1"
    if (($2 <= 4096)); then printf '%s' "$sent" >&3; else printf '%s' "$sent" >&3 & fi 2>/dev/null
    # Who writes octet by octet would wake us for each: let them lie for a moment.
    IFS= read -r -N 1 -u 4 first
    (($2 <= 4096)) || pause 0.008
    IFS= read -r -N $(($2 - 1)) -u 4 rest
    heard=$first$rest
    [[ $heard == "$sent" ]] || { printf '%s' "$heard" | cmp - "$1"; } >>heard 2>&1
}
