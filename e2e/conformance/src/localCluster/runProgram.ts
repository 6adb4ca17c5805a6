import { execFile } from 'node:child_process';

/** What a program said, and how it ended. */
export interface Said {
  code: number;
  out: string;
  err: string;
}

export interface RunOptions {
  kubeConfigFile: string;
  /** Where it keeps what it discovered; one for each cluster. */
  home: string;
  cwd: string;
}

/** Runs a command-line program to its end; never rejects. Two minutes at most. */
export function runProgram(
  program: string,
  args: readonly string[],
  { kubeConfigFile, home, cwd }: RunOptions,
): Promise<Said> {
  return new Promise(resolve => {
    const child = execFile(
      program,
      args,
      {
        cwd,
        timeout: 120_000,
        env: {
          ...process.env,
          KUBECONFIG: kubeConfigFile,
          HOME: home,
          // `kubectl edit` has nobody to ask.
          KUBE_EDITOR: 'sed -i s/replicas:\\ 3/replicas:\\ 2/',
        },
      },
      (error, out, err) => {
        const code = typeof error?.code === 'number' ? error.code : 1;
        resolve({ code: error ? code : 0, out, err });
      },
    );
    child.stdin?.end();
  });
}
