/** A kubeconfig that cannot be used. The message says what to do about it. */
export class KubeConfigError extends Error {
  constructor(
    /**
     * missing: no such file, or not readable; malformed: not a kubeconfig;
     * no-context: the context is not in it; nowhere: the context names no
     * usable cluster or user.
     */
    readonly problem: 'missing' | 'malformed' | 'no-context' | 'nowhere',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'KubeConfigError';
  }
}
