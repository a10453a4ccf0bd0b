#!/bin/sh
# On JupyterHub nbgrader's formgrader stays empty.
#
# One would expect: nbgrader's formgrader, which has been the way to grade on JupyterHub for years,
#   opens in a JupyterLab that JupyterHub starts.
# What happens: it is a frame in the page of JupyterLab, and JupyterHub's server sends the header
#   `Content-Security-Policy: frame-ancestors 'none'` with each page unless the settings have one of
#   their own. The browser leaves the frame empty; the server's log shows nothing wrong.
# Seen with: JupyterHub 6.1.1, nbgrader 0.9.6, JupyterLab 4.6.6, configurable-http-proxy 4.6.3,
#   Python 3.11, Node 20. 2026-11-28. Needs node and npm.
# What a course should do: give the server that has the formgrader, and no other one,
#   --ServerApp.tornado_settings={'headers': {'Content-Security-Policy': "frame-ancestors 'self'"}}
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check jupyterhub==6.1.1 nbgrader==0.9.6 \
    jupyterlab==4.6.6 sqlalchemy==2.0.58
npm install --silent --global --prefix "$folder/venv" configurable-http-proxy@4.6.3
export PATH="$folder/venv/bin:$PATH"
mkdir "$folder/home"
cd "$folder"
cat >jupyterhub_config.py <<'END'
import os
c = get_config()
c.JupyterHub.bind_url = "http://127.0.0.1:18000"
c.JupyterHub.hub_port = 18081
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:18001"
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = os.getcwd() + "/home"
c.Spawner.args = ["--allow-root"]
END
setsid jupyterhub >log 2>&1 &
hub=$!
trap 'kill $hub; wait $hub || true; kill -- -$hub 2>/dev/null || true; rm -rf "$folder"' EXIT
cat >look.py <<'END'
import re, time, requests
hub, page = "http://127.0.0.1:18000", "/user/ada/formgrader/manage_assignments"
browser = requests.Session()
for _ in range(600):
    try:
        page_of_login = browser.get(hub + "/hub/login")
        if page_of_login.ok:
            break
    except requests.ConnectionError:
        pass
    time.sleep(0.2)
token = re.search(r'name="_xsrf" value="([^"]*)"', page_of_login.text)[1]
browser.post(hub + "/hub/login", data={"username": "ada", "password": "x", "_xsrf": token})
for _ in range(600):
    answer = browser.get(hub + page)
    if answer.status_code == 200 and answer.url.endswith(page):
        break
    time.sleep(0.2)
print(answer.status_code, answer.headers["Content-Security-Policy"])
END
python look.py | tee seen
[ "$(cat seen)" = "200 frame-ancestors 'none'" ]
