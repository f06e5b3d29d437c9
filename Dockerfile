# The image of web, worker, beat and prepare: the program and what it runs on, nothing of an office.
FROM python:3.11-slim
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PROCURACY_HOME=/var/lib/procuracy
WORKDIR /srv/procuracy
COPY requirements.txt .
RUN pip install --no-cache-dir --no-deps -r requirements.txt \
    && useradd --system --uid 10001 --home-dir /var/lib/procuracy procuracy \
    && install -d -o procuracy -g procuracy -m 0700 /var/lib/procuracy
COPY . .
RUN python -m compileall -q -x '/(tests|deploy)/' .
USER procuracy
VOLUME /var/lib/procuracy
