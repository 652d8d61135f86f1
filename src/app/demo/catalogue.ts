import { type GroupName, hostNames, type MemberName } from './cast.ts';
import { bytes, dotenv, fake, fakeKey, ini, json, line, wifi, yaml } from './fake-values.ts';

export type ReaderName = GroupName | MemberName;

/** Chapters of the repository's history, oldest first; a secret is committed with its chapter. */
export type Chapter = 'start' | 'services' | 'databases' | 'mail' | 'retire' | 'rotate';

/** One secret of the demo: what the rules say, what is in the file, and where the two disagree. */
export interface DemoSecret {
  /** Below `secrets/`. */
  readonly name: string;
  /** As the rules list them. Empty: no rule names this file. */
  readonly readers: readonly ReaderName[];
  /** Absent: the rules name it but the file was never made. */
  readonly value?: string | Uint8Array;
  readonly chapter: Chapter;
  readonly armor?: boolean;
  /** Whom the file is really encrypted to, where that is not what the rules say. */
  readonly encryptedTo?: readonly ReaderName[];
}

const databases = [
  'forgejo',
  'immich',
  'keycloak',
  'matrix',
  'miniflux',
  'nextcloud',
  'paperless',
  'vaultwarden',
] as const;
const services = [...databases, 'grafana', 'jellyfin'] as const;

/** The whole demo, in the order the rules file lists it. */
export const catalogue: readonly DemoSecret[] = [
  ...hostNames.flatMap(hostSecrets),
  ...services.flatMap(serviceSecrets),
  ...databases.map(databaseSecret),
  ...mailSecrets(),
  ...sharedSecrets(),
  ...backupSecrets(),
  ...personalSecrets(),
];

function hostSecrets(host: (typeof hostNames)[number], index: number): DemoSecret[] {
  const readers: readonly ReaderName[] = ['people', host];
  const at = (name: string) => `hosts/${host}/${name}.age`;
  return [
    { name: at('root-password'), readers, value: `$y$demo$${fake(`hash-of-${host}`)}`, chapter: 'start' },
    { name: at('ssh-host-key'), readers, value: fakeKey(`${host}'s sshd`), chapter: 'start' },
    { name: at('wireguard'), readers, value: line(`wireguard-key-${host}`), chapter: 'start' },
    {
      name: at('restic.env'),
      readers: ['oncall', host],
      value: dotenv({
        RESTIC_REPOSITORY: `sftp:eridanus:/backup/${host}`,
        RESTIC_PASSWORD: fake(`restic-password-${host}`),
      }),
      chapter: 'services',
    },
    index === 5
      ? { name: at('luks-passphrase'), readers, chapter: 'rotate' }
      : {
          name: at('telegraf.json'),
          readers,
          value: json({ agent: host, token: fake(`telegraf-token-${host}`), interval: '30s' }),
          chapter: 'services',
        },
  ];
}

function serviceSecrets(service: (typeof services)[number]): DemoSecret[] {
  const readers: readonly ReaderName[] = ['people', 'web'];
  const at = (name: string) => `services/${service}/${name}.age`;
  // Drift, both ways: zephyr still opens some files, and grafana's never learned of eridanus.
  const forgotten = ['forgejo', 'jellyfin', 'matrix'].includes(service);
  return [
    {
      name: at('env'),
      readers: service === 'grafana' ? [...readers, 'eridanus'] : readers,
      ...(service === 'grafana' && { encryptedTo: readers }),
      ...(forgotten && { encryptedTo: [...readers, 'zephyr' as const] }),
      value: dotenv({
        [`${service.toUpperCase()}_SECRET_KEY`]: fake(`secret-key-${service}`),
        DATABASE_URL: `postgres://${service}:${fake(`password-${service}`)}@draco/${service}`,
        SMTP_PASSWORD: fake(`smtp-${service}`),
        GREETING: `hello from ${service} # not a comment`,
      }),
      chapter: 'services',
    },
    { name: at('admin-password'), readers, value: fake(`admin-password-${service}`), chapter: 'services' },
    {
      name: at('oidc.yaml'),
      readers,
      value: yaml({
        client: { id: service, secret: fake(`oidc-secret-${service}`) },
        session: { key: fake(`session-key-${service}`), lifetime: '12h' },
      }),
      chapter: 'services',
    },
  ];
}

function databaseSecret(database: string, index: number): DemoSecret {
  const readers: readonly ReaderName[] = ['people', 'databases'];
  return {
    name: `databases/postgres-${database}.age`,
    readers,
    ...(index === 0 && { encryptedTo: [...readers, 'zephyr' as const] }),
    value: `user=${database}\npassword=${fake(`postgres-${database}`)}\nsslmode=verify-full\n`,
    chapter: 'databases',
  };
}

function mailSecrets(): DemoSecret[] {
  const readers: readonly ReaderName[] = ['people', 'borealis'];
  return [
    ...['example.org', 'example.net', 'example.com'].map(
      (domain): DemoSecret => ({
        name: `mail/dkim-${domain}.age`,
        readers,
        value: fakeKey(`DKIM of ${domain}`),
        chapter: 'mail',
      }),
    ),
    {
      name: 'mail/accounts.yaml.age',
      readers,
      value: yaml({
        alice: { address: 'alice@example.org', password: fake('mail-alice') },
        bob: { address: 'bob@example.org', password: fake('mail-bob') },
      }),
      chapter: 'mail',
    },
    {
      name: 'mail/relay.ini.age',
      readers,
      value: ini({
        relay: { host: 'smtp.example.net', port: '587' },
        login: { user: 'relay@example.org', password: fake('relay-password') },
      }),
      chapter: 'mail',
    },
  ];
}

function sharedSecrets(): DemoSecret[] {
  const readers: readonly ReaderName[] = ['people', 'hosts'];
  return [
    {
      name: 'shared/wifi.age',
      readers,
      value: wifi({ Demo: fake('wifi-passphrase'), 'Demo Guests': fake('guest-passphrase') }),
      chapter: 'rotate',
    },
    {
      name: 'shared/acme-dns.env.age',
      readers: ['people', 'web', 'borealis'],
      value: dotenv({ DNS_PROVIDER: 'demo', DNS_API_TOKEN: fake('dns-token') }),
      chapter: 'mail',
    },
    { name: 'shared/forge-token.age', readers, value: line('forge-token'), chapter: 'services' },
    {
      name: 'shared/nix-access-tokens.age',
      readers,
      value: `access-tokens = forge.example.org=${fake('access-token')}\n`,
      chapter: 'services',
    },
    {
      name: 'shared/smart-plug.age',
      readers,
      value: dotenv({ PLUG_KEY: fake('plug-key') }),
      chapter: 'retire',
    },
    {
      name: 'shared/cache-signing-key.age',
      readers,
      value: `demo-1:${fake('signing-key')}\n`,
      chapter: 'start',
    },
    {
      name: 'shared/motd.age',
      readers,
      value: `Welcome to the demo.\n\nNothing here is real:\n\ttabs, Größe, 漢字 and a missing last newline are.`,
      armor: true,
      chapter: 'start',
    },
    { name: 'shared/not-yet-set.age', readers, value: '', chapter: 'rotate' },
    {
      name: 'old/vpn-2022.age',
      readers: [],
      encryptedTo: ['people', 'zephyr'],
      value: line('vpn'),
      chapter: 'start',
    },
  ];
}

function backupSecrets(): DemoSecret[] {
  const readers: readonly ReaderName[] = ['oncall', 'eridanus'];
  return [
    { name: 'backup/keyfile.bin.age', readers, value: bytes('backup key file'), chapter: 'databases' },
    {
      name: 'backup/offsite.json.age',
      readers,
      value: json({
        bucket: 'demo-offsite',
        credentials: { id: 'DEMO', secret: fake('offsite-secret') },
        keep: [7, 4, 12],
      }),
      chapter: 'databases',
    },
    { name: 'backup/borg-passphrase.age', readers, value: line('borg-passphrase'), chapter: 'retire' },
  ];
}

function personalSecrets(): DemoSecret[] {
  const recoveryCodes = ['not-real', '1111-2222', '3333-4444', '5555-6666', '7777-8888', ''].join('\n');
  return [
    { name: 'people/alice/recovery-codes.age', readers: ['alice'], value: recoveryCodes, chapter: 'rotate' },
    {
      name: 'people/alice/ssh-config.age',
      readers: ['alice'],
      value: 'Host draco\n  User alice\n  IdentityFile ~/.ssh/not-real\n',
      armor: true,
      chapter: 'retire',
    },
    { name: 'people/bob/diary.age', readers: ['bob'], value: line('diary-of-bob'), chapter: 'retire' },
  ];
}
