/** How long a graceful stop may take; milliseconds. */
const PATIENCE = 3_000;

/**
 * Started by the launcher, this process has a channel to it. When the channel
 * breaks, the launcher is gone without having said goodbye, and nobody else
 * would stop this process. The local cluster has gone with it, so a graceful
 * stop may wait for answers that never come: it has a limit.
 */
export function stopWithLauncher() {
  if (!process.connected) {
    return;
  }
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), PATIENCE);
    // Nobody reads the log any more: writing to it must not end the stop.
    process.stdout.on('error', () => {});
    process.stderr.on('error', () => {});
    process.kill(process.pid, 'SIGTERM');
  });
}
