import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A directory in memory as systemd gives one to each user. */
export function runtimeDirectory(): string {
  const directory = mkdtempSync('/dev/shm/keyhole-runtime-');
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** What edits left behind there. */
export const leftIn = (runtime: string): readonly string[] => {
  const place = path.join(runtime, 'keyhole');
  return readdirSync(runtime).includes('keyhole') ? readdirSync(place) : [];
};

/** An editor that does what a shell script says; `$1` is the file. Later runs do the later scripts. */
export function scriptedEditor(directory: string, ...scripts: readonly string[]): string {
  const program = path.join(directory, `editor-${Math.random().toString(36).slice(2)}`);
  const cases = scripts.map((script, index) => `${index + 1}) ${script} ;;`).join('\n');
  writeFileSync(
    program,
    `#!/bin/sh\nn=$(cat "$0.count" 2>/dev/null || echo 0)\nn=$((n + 1))\necho $n > "$0.count"\ncase $n in\n${cases}\nesac\n`,
    { mode: 0o755 },
  );
  return program;
}
