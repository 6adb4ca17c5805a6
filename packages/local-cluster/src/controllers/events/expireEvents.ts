import { ControllerContext } from '../controller';
import { EVENTS } from '../objects/resources';

const LIFE_MS = 3_600_000;
const EVERY_MS = 60_000;

/** Deletes Events an hour after they last happened, as kube-apiserver does. */
export function expireEvents({
  api,
  clock,
  log,
}: ControllerContext): () => void {
  let cancel: () => void;
  function sweep(): void {
    for (const event of api.list(EVENTS)) {
      const { name, namespace, creationTimestamp } = event.metadata;
      const last = Date.parse(event.lastTimestamp ?? creationTimestamp);
      if (last > clock.now() - LIFE_MS) continue;
      try {
        api.delete(EVENTS, namespace, name);
      } catch (error) {
        log(`event ${namespace}/${name} stays for now: ${String(error)}`);
      }
    }
    cancel = clock.after(EVERY_MS, sweep);
  }
  cancel = clock.after(EVERY_MS, sweep);
  return () => cancel();
}
