import { createClipboard } from '../../../src/app/clipboard/clipboard.ts';
import { systemPorts } from '../../../src/app/clipboard/clipboard-ports.ts';

// Stands for the UI: copies what it reads from a file, says what it did, and lives until it is killed.
// copier.ts VALUE-FILE REPORT-FILE SECONDS
const { readFileSync, writeFileSync } = await import('node:fs');
const [valueFile = '', reportFile = '', seconds = '1'] = process.argv.slice(2);
const clipboard = createClipboard(process.env, {
  ...systemPorts,
  self: [process.execPath, new URL('./clear-helper-entry.ts', import.meta.url).pathname],
  clearAfterSeconds: Number(seconds),
});
const copied = await clipboard.copy(readFileSync(valueFile));
writeFileSync(reportFile, JSON.stringify({ pid: process.pid, copied }), { flush: true });
setInterval(() => undefined, 1000);
