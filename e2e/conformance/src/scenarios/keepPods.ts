import { RESOURCES } from '@progressive-delivery/kube';
import type { Action, Stage } from './scenario';

const uidsOf = ({ objects }: Stage) =>
  objects.list(RESOURCES.pods).map(({ metadata }) => metadata.uid ?? '');

/** Two actions: the pods that the first one notes are there at the second one. */
export function keepPods(): { note: Action; compare: Action } {
  const noted = new Map<string, string[]>();
  return {
    note: {
      what: 'note the pods',
      take: async stage => {
        noted.set(stage.namespace, uidsOf(stage));
      },
    },
    compare: {
      what: 'find the same pods',
      take: async stage => {
        const now = new Set(uidsOf(stage));
        const lost = (noted.get(stage.namespace) ?? []).filter(
          uid => !now.has(uid),
        );
        if (lost.length > 0) {
          throw new Error(`${lost.length} pods were replaced meanwhile`);
        }
      },
    },
  };
}
