import { Subject } from '../api/apiError';
import { Target } from './context';

/** What an error about this target names. */
export function subjectOf(target: Target, name = target.name): Subject {
  return { group: target.kind.group, resource: target.kind.resource, name };
}
