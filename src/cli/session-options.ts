import path from 'node:path';
import type { SessionOptions } from '../app/session.ts';
import type { CliIo } from './cli-io.ts';
import { hasOption, type Invocation, valuesOf } from './invocation.ts';

/** The global options as a session understands them. Paths on the command line are relative to the working directory. */
export function sessionOptions(invocation: Invocation, io: CliIo, at?: string): SessionOptions {
  const absolute = (file: string): string => path.resolve(io.cwd, file);
  const rules = valuesOf(invocation, 'rules');
  const fromEnvironment = io.env['RULES'];
  return {
    path: absolute(at ?? valuesOf(invocation, 'repo')[0] ?? '.'),
    rulesFiles: (rules.length > 0 ? rules : fromEnvironment ? [fromEnvironment] : []).map(absolute),
    identityFiles: valuesOf(invocation, 'identity').map(absolute),
    defaultIdentities: !hasOption(invocation, 'no-default-identities'),
    env: io.env,
  };
}
