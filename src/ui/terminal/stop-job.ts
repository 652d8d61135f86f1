/** The whole process group, as the terminal itself does it: the shell waits for npm or whatever started us. */
export const stopJob = (): void => void process.kill(0, 'SIGTSTP');
