import type {
  ActionDetails,
  RolloutAction,
  RolloutDetail,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { actions, ago, colorsGreen, revision } from './rollout';
import type { DialogStateName } from './stateNames';
import { IN_PROGRESS } from './stateActions';

/** What a dialog opens on. */
export interface DialogState {
  rollout: RolloutDetail;
  action: RolloutAction;
  /** What stands in the dialog's fields. */
  filled?: ActionDetails;
}

export function dialogState(name: DialogStateName, now: number): DialogState {
  const image = (text: string): DialogState => ({
    rollout: afterFailures(now),
    action: 'set-image',
    filled: { images: [{ container: 'colors', image: text }] },
  });
  switch (name) {
    case 'dialog-image':
      return image('demo/colors:yellow');
    case 'dialog-image-malformed':
      return image('demo/Colors:yellow');
    default:
      return { rollout: afterFailures(now), action: 'undo' };
  }
}

/** `colors` on green, after one revision was rolled back and another aborted. */
function afterFailures(now: number): RolloutDetail {
  const old = (number: number, text: string, days: number) => ({
    ...revision(now, { revision: number, role: 'old' }, text, 0),
    createdAt: ago(now, 86_400 * days),
  });
  return colorsGreen(now, {
    revision: 5,
    stableRevision: 5,
    revisions: [
      revision(now, { revision: 5, role: 'stable' }, 'demo/colors:green', 5),
      { ...old(4, 'demo/colors:red', 1), outcome: 'rolled-back' },
      { ...old(3, 'demo/colors:orange', 2), outcome: 'aborted' },
      { ...old(2, 'demo/colors:blue', 3), outcome: 'completed' },
      old(1, 'registry.example.com/team/colors@sha256:9f86d081884c7d65', 9),
    ],
    actions: actions({
      ...IN_PROGRESS,
      undo: {
        label: 'Undo to revision 2 (blue)',
        consequences: [
          'Brings revision 2 (blue) back as a new revision, from the first step.',
        ],
      },
    }),
  });
}
