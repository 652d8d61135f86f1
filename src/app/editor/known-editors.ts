/** What is known of a program that edits. */
export interface KnownEditor {
  /** Options that keep it from making copies of its own; `null` where there are none that do. */
  readonly hardening: readonly string[] | null;
  /** Options of which one must be given, because without them it returns at once; the first is the one to advise. */
  readonly waits?: readonly string[];
}

// Neither swap file, backup, undo file nor memory of what was yanked, and no commands from the text itself. Said twice,
// because between the two the user's own settings are read.
const vimSettings = 'set nomodeline noswapfile nobackup nowritebackup noundofile';
const vim = (memory: string): readonly string[] => [
  ...['-n', '-i', 'NONE'],
  ...['--cmd', vimSettings, '-c', `${vimSettings} ${memory}=`],
];

const emacsSettings = [
  '(setq make-backup-files nil backup-inhibited t auto-save-default nil auto-save-list-file-prefix nil',
  'create-lockfiles nil enable-local-variables nil enable-local-eval nil kill-emacs-hook nil',
  'undo-tree-auto-save-history nil)',
].join(' ');

const wait = ['--wait', '-w'] as const;

const editors: readonly (readonly [RegExp, KnownEditor])[] = [
  [/^(vim|rvim|vimdiff|view)(\.\w+)?$/, { hardening: vim('viminfo') }],
  [/^[gm]vim(\.\w+)?$/, { hardening: ['-f', ...vim('viminfo')] }],
  [/^nvim$/, { hardening: vim('shada') }],
  // Restricted: no history, no backups, no other files.
  [/^r?nano$/, { hardening: ['--restricted'] }],
  [/^emacs(-[\w.]+)?$/, { hardening: ['--eval', emacsSettings] }],
  [/^(code|code-insiders|codium|cursor|windsurf|zed|zeditor|atom|subl)$/, { hardening: null, waits: wait }],
  [/^mate$/, { hardening: null, waits: ['-w', '--wait'] }],
  [/^(kate|kwrite)$/, { hardening: null, waits: ['--block', '-b'] }],
  [/^gnome-text-editor$/, { hardening: null, waits: ['--standalone', '-s'] }],
  [/^gedit$/, { hardening: null, waits: ['--wait', '-w', '--standalone', '-s'] }],
];

/** @param name of the program itself, once links are followed */
export const knownEditor = (name: string): KnownEditor =>
  editors.find(([pattern]) => pattern.test(name))?.[1] ?? { hardening: null };
