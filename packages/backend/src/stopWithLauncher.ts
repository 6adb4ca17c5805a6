/**
 * Started by the launcher, this process has a channel to it. When the channel
 * breaks, the launcher is gone without having said goodbye, and nobody else
 * would stop this process.
 */
export function stopWithLauncher() {
  if (process.connected) {
    process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  }
}
