#!/bin/sh
# The image of PostgreSQL runs this once, when its cluster is new: the owner of the tables, the role of the
# application, which owns nothing, and the database (docs/adr/0002-two-database-roles.md).
set -eu
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --dbname=postgres <<'SQL'
\set owner_password `cat "${SECRETS:-/run/secrets}/owner_password"`
\set application_password `cat "${SECRETS:-/run/secrets}/application_password"`
CREATE ROLE procuracy_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
CREATE ROLE procuracy_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'application_password';
CREATE DATABASE procuracy OWNER procuracy_owner;
REVOKE CONNECT, TEMPORARY ON DATABASE procuracy FROM PUBLIC;
GRANT CONNECT ON DATABASE procuracy TO procuracy_app;
SQL
