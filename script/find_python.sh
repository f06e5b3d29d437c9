# Sourced by the commands beside it: sets PYTHON to a Python that Procuracy runs on, or says what to do.
for candidate in "${PYTHON:-}" python3 python3.11 python3.12 python3.13 python3.14; do
    [ -n "$candidate" ] || continue
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        PYTHON=$candidate
        return
    fi
done
echo "Procuracy needs Python 3.11 or newer and found none: install it (Debian: apt install python3 python3-venv), or set PYTHON to its path." >&2
exit 1
