import { exitStatuses } from './exit-statuses.ts';

/** What `keyhole help` explains beside the commands. */
export interface Topic {
  readonly summary: string;
  /** Paragraphs of plain text; a line that starts with a space is kept as it is. */
  readonly text: () => readonly string[];
}

export const topics: Readonly<Record<string, Topic>> = {
  addresses: {
    summary: 'how a secret is named',
    text: () => [
      'FILE is a path relative to the repository, or to the working directory; ./FILE is relative to the working directory only. For get, copy and who the end of a path is enough when only one secret ends so: db1/postgres.age, postgres.age and postgres.',
      'FILE#KEY.PATH is one value inside a dotenv, JSON, YAML, INI or key=value text; positions in a list count from 0. FILE# lists the keys. A key that holds a dot, # or quote is written as a JSON string:',
      '  keyhole get \'app.json.age#"example.com".password\'',
      'After -- names may start with a dash.',
    ],
  },
  agents: {
    summary: 'what a language-model agent may see',
    text: () => [
      'With KEYHOLE_AGENT=1 in the environment, or --agent, everything that shows a value (get, copy and the UI) ends with an error. list, who, what, matrix and check work: they never decrypt anything.',
    ],
  },
  environment: {
    summary: 'variables that are read',
    text: () => [
      '  RULES                 rules file, like --rules',
      '  KEYHOLE_AGENT=1       like --agent',
      '  KEYHOLE_ALLOW_DEBUG=1 load keys although Node runs with a debugger or preload',
      '  KEYHOLE_CLIPBOARD     the way to copy: tmux, screen, osc52 or desktop',
      '  NO_COLOR              no colour',
      '  SOPS_AGE_KEY, SOPS_AGE_KEY_FILE',
      '                        private keys, tried after -i',
      '  NODE_DISABLE_COMPILE_CACHE=1',
      '                        keep nothing',
    ],
  },
  'exit-codes': {
    summary: 'exit statuses and error codes',
    text: () =>
      exitStatuses().map(
        ({ exit, code, means }) => `  ${String(exit).padStart(3)}  ${code.padEnd(17)} ${means}`,
      ),
  },
  json: {
    summary: 'what --json prints',
    text: () => [
      'Exactly one object on stdout, {"schema":1,"ok":true,...}. On failure {"schema":1,"ok":false,"error":{"code","exit","says","hint","where"}} with the same exit status. Notes go to stderr. There is a JSON Schema of each command\'s output in docs/schema. check prints its findings with "ok":false and exits 14 when there are any.',
    ],
  },
  keys: {
    summary: 'keys of the UI',
    text: () => [],
  },
};
