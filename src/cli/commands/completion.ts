import { type Outcome, ok } from '../../core/outcome.ts';
import { bashScript } from '../completion/bash.ts';
import { fishScript } from '../completion/fish.ts';
import { zshScript } from '../completion/zsh.ts';
import { hasOption } from '../invocation.ts';
import { type Report, report } from '../report.ts';
import type { Command } from './command.ts';

export const completion: Command = async (invocation, io): Promise<Outcome<Report | number>> => {
  const shell = invocation.positionals[0] ?? '';
  const script = { bash: bashScript, zsh: zshScript, fish: fishScript }[shell] ?? '';
  if (hasOption(invocation, 'json')) return ok(report({ json: { shell, script } }));
  const written = io.stdout.write(script);
  return written.ok ? ok(0) : written;
};
