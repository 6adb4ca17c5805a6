import { counted, percent } from '../../explain/words';
import type { RevisionSample } from './timeline';

export function weightText(share: number): string {
  return `the new version answers ${percent(share)} of the requests`;
}

export function scaledText({
  revision,
  role,
  from,
  to,
}: Pick<RevisionSample, 'revision' | 'role'> & {
  from: number;
  to: number;
}): string {
  const who = role === 'experiment' ? 'an experiment' : `revision ${revision}`;
  const verb = from < to ? 'grows' : 'shrinks';
  return `${who} ${verb} from ${from} to ${counted(to, 'pod')}`;
}
