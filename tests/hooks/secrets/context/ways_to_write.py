"""How people write a secret beside its name, in fifteen languages and as many kinds of files.

`{P}` stands for a password that a person made up, `{T}` for a token drawn by lot, `{H}` for one in
hexadecimal: made when a test runs.
"""

from tests.hooks.planted import ALPHANUMERIC, HEXADECIMAL, characters

VALUES = {
    "{P}": "Zx7" + "#kQ9v" + "!mT2",
    "{T}": characters(ALPHANUMERIC, 32, 7),
    "{H}": characters(HEXADECIMAL, 40, 3),
}

FOUND = {
    "a.py": (
        'password = "{P}"',
        "DB_PASSWORD = '{P}'",
        'connect(host="h", password="{P}")',
        'config["password"] = "{P}"',
        '{"password": "{P}"}',
        'API_KEY: str = "{T}"',
        'os.environ["API_TOKEN"] = "{T}"',
        'os.environ.setdefault("SECRET_KEY", "{T}")',
        'api_key = os.getenv("API_KEY", "{T}")',
        'api_key = os.environ.get("API_KEY") or "{T}"',
        'SECRET_KEY = b"{T}"',
        "requests.get(u, auth=('bob', '{P}'))",
        'password = (\n    "{P}"\n)',
        'headers = {"Authorization": "Bearer {T}"}',
        'headers = {"X-Api-Key": "{T}"}',
        'if password == "{P}":',
        "# password: {P}",
        "x = 1  # the api_key={T}",
        'dsn = "host=db user=app password={P} dbname=x"',
        'AWS_SECRET = "{H}"',
        'url = "https://h/x?api_key={T}&x=1"',
        'token_github = "{T}"',
    ),
    "a.js": (
        'const apiKey = "{T}";',
        "let password = '{P}';",
        'const c = { password: "{P}", user: "x" };',
        'process.env.API_TOKEN || "{T}"',
        'headers["x-auth-token"] = `{T}`;',
        'new Client({ "auth_token": "{T}" })',
        "// api_key={T}",
        "https.get(`https://h/?token={T}`)",
    ),
    "a.ts": ('private readonly apiKey: string = "{T}";', 'clientSecret: "{T}",'),
    "A.java": (
        'private static final String PASSWORD = "{P}";',
        'ds.setPassword("{P}");',
        'props.put("password", "{P}");',
        'DriverManager.getConnection(url, "root", "{P}");',
        '@Value("${api.key:{T}}") String apiKey;',
        '.withPassword("{P}")',
        'System.setProperty("javax.net.ssl.keyStorePassword", "{P}");',
    ),
    "a.kt": ('val apiKey: String = "{T}"',),
    "a.scala": ('val dbPassword = "{P}"',),
    "a.go": (
        'password := "{P}"',
        'const apiToken string = "{T}"',
        'cfg := Config{Password: "{P}"}',
        'os.Setenv("API_KEY", "{T}")',
    ),
    "a.rs": (
        'const API_KEY: &\'static str = "{T}";',
        'let password = String::from("{P}");',
        '.password("{P}")',
    ),
    "a.rb": ("password: '{P}'", ':password => "{P}",', "ENV['SECRET_KEY_BASE'] ||= '{T}'"),
    "a.php": (
        "define('DB_PASSWORD', '{P}');",
        "$password = '{P}';",
        "'password' => '{P}',",
        "mysqli_connect('localhost', 'root', '{P}')",
    ),
    "a.cs": (
        'Password = "{P}"',
        'string apiKey = @"{T}";',
        'new NetworkCredential("user", "{P}")',
        '"Server=db;User Id=sa;Password={P}"',
    ),
    "a.c": (
        'char password[] = "{P}";',
        'char password[16] = "{P}";',
        'const char *api_key = "{T}";',
        '#define WIFI_PASSWORD "{P}"',
    ),
    "a.cpp": ('std::string secret{"{T}"};',),
    "a.swift": ('let apiKey: String = "{T}"',),
    "a.m": ('NSString *apiKey = @"{T}";',),
    "a.pl": ("my $password = '{P}';",),
    "a.lua": ('password = "{P}"',),
    "a.r": ('password <- "{P}"',),
    "a.dart": ("final String apiKey = '{T}';",),
    "a.ex": ('password: "{P}"',),
    "a.erl": ('{password, "{P}"}',),
    "a.clj": (':password "{P}"',),
    "a.sql": ("ALTER ROLE x WITH PASSWORD '{P}';",),
    "a.ps1": ('$Password = "{P}"',),
    "a.vb": ('Dim password As String = "{P}"',),
    "a.gradle": ("password '{P}'", "password = '{P}'"),
    ".env": ("DB_PASSWORD={P}", 'API_KEY="{T}"', "export SECRET={T}"),
    ".env.local": ("STRIPE_SECRET={T}",),
    "a.sh": (
        "PASSWORD={P}",
        'export API_TOKEN="{T}"',
        "mysql -u root --password={P}",
        'curl -H "Authorization: Bearer {T}" https://x',
        'curl -H "X-Api-Key: {T}" https://x',
        "tool --api-key {T} run",
        "tool --token={T}",
        "TOKEN=${TOKEN:-{T}}",
    ),
    "a.bat": ("set PASSWORD={P}",),
    "Dockerfile": ("ENV DB_PASSWORD {P}", "ENV API_KEY={T}", "ARG TOKEN={T}"),
    "a.yaml": (
        "password: {P}",
        '  apiKey: "{T}"',
        "- name: DB_PASSWORD\n  value: {P}",
        '- name: DB_PASSWORD\n  value: "{P}"',
        'stringData:\n  password: "{P}"',
    ),
    "docker-compose.yml": (
        "      POSTGRES_PASSWORD: {P}",
        "      - POSTGRES_PASSWORD={P}",
    ),
    "a.ini": ("password = {P}",),
    "a.properties": ("spring.datasource.password={P}", "api.key: {T}"),
    "a.toml": ('password = "{P}"', 'token = "{T}"'),
    "a.json": (
        '"password": "{P}"',
        '{"name": "API_KEY", "value": "{T}"}',
        '"cmd": "export TOKEN=\\"{T}\\""',
    ),
    "a.ipynb": ('   "api_key = \\"{T}\\"\\n",',),
    "a.xml": (
        "<password>{P}</password>",
        '<property name="password" value="{P}"/>',
        '<add key="ApiKey" value="{T}" />',
    ),
    "web.config": ('<add name="x" connectionString="Server=a;Password={P};" />',),
    "a.plist": ("<key>apiKey</key>\n<string>{T}</string>",),
    "a.tf": ('password = "{P}"', '  secret_key = "{T}"'),
    "a.http": ("Authorization: Bearer {T}",),
    "a.txt": ("Password: {P}",),
    "a.log": ("token={T} user=x",),
    "a.vue": ("apiKey: '{T}'",),
    "a.html": ('<input name="api_key" value="{T}">', '<script>var token = "{T}";</script>'),
    "unknown": ("contraseña: {P}", "Kennwort={P}", "senha = '{P}'", "pw={P}"),
}
"""Texts by the name of the file they stand in; the value of each has to be found whole."""

NOT_FOUND = {
    "a.py": (
        'password = os.environ["DB_PASSWORD"]',
        'password = os.environ.get("DB_PASSWORD_1")',
        'password = config.get("database_password_2")',
        "password = getpass.getpass()",
        "password = request.form['password1']",
        'password = f"{user}-{number}-x1"',
        'password = "${DB_PASSWORD_1}"',
        'password = "%(db_password1)s"',
        'password = "changeme123!"',
        'password = "your-password-1!"',
        'password = "<the password 1>"',
        'password = "xxxxxxxx1!"',
        'password = "enter it again, 2nd time!"',
        'password_field = "{P}"',
        'password_url = "https://h/reset/{T}"',
        'password_hash = "{H}"',
        'token_type = "{T}"',
        'primary_key = "{T}"',
        'cache_key = "{T}"',
        'csrf_token = "{T}"',
        'next_page_token = "{T}"',
        'keyboard = "{P}"',
        'encrypted_password = "{T}"',
        'public_key = "{T}"',
        'getCredentials("oauth2Api2")',
        'log.info("the token is %s", token)',
        'check(password, "{P}")',
        'SECRET_ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:x-{P}"',
        'api_key = "vault:secret/data/app#key1"',
        'api_key = "op://vault/item/field1"',
        'secret = "sha256-{T}"',
        'secret = "ENC[AES256_GCM,data:{T},iv:x,tag:y,type:str]"',
        'key = "downloadCsv"',
        'key = "weeksInWeekYear"',
        'key = "settings-page-v2"',
        'token = "Bearer"',
        'date_key = "2024-01-01T00:00:00"',
        'secret = "abcdefghijklmnop"',
        'key = "{H}"',
    ),
    "package-lock.json": ('"password": "{P}"',),
    "poetry.lock": ('token = "{T}"',),
    "app.min.js": ('token="{T}"',),
    "locale/de.yml": ("password: Zx7#kQ9v",),
    "tests/test_a.py": ('password = "{P}"',),
    "docs/a.md": ("password = {P}",),
    "a.js": ("password: t?Rn(t):x1(y)", "case`password`:return!1", "apiKey: this.props.apiKey1"),
    "a.yaml": (
        "password: !vault |",
        "password: {{ .Values.db.password1 }}",
        "secretName: tls-cert-2",
        "passwordSecretRef: db-credentials-1",
        "tokenPath: /var/run/secrets/token1",
    ),
    "a.tf": ("password = var.db_password1", "token = data.vault.x1.token"),
    "a.sh": ("PASSWORD=$(pass show db/1)", 'TOKEN="$GITHUB_TOKEN1"', "TOKEN=`cat /run/token1`"),
    "a.xml": ("<password>${db.password1}</password>", "<tokenUrl>https://x/y1</tokenUrl>"),
}
"""Texts in which nothing is sure enough to stop a commit."""


def written(text: str) -> str:
    """The text with its values."""
    for hole, value in VALUES.items():
        text = text.replace(hole, value)
    return text


def value_in(text: str) -> str:
    """The value that the text holds a place for."""
    return next(value for hole, value in VALUES.items() if hole in text)
