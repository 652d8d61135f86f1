import { runClearHelper } from '../../../src/app/clipboard/clear-helper.ts';

// Stands for the program when it runs itself again to clear the clipboard.
process.exitCode = await runClearHelper();
