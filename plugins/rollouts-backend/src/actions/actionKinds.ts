import type { RolloutAction } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { ActionKind } from './ActionContext';
import { abort } from './kinds/abort';
import { pause, resume } from './kinds/pauseAndResume';
import { promote } from './kinds/promote';
import { promoteFull } from './kinds/promoteFull';
import { restart } from './kinds/restart';
import { retry } from './kinds/retry';
import { setImage } from './kinds/setImage';
import { skipStep } from './kinds/skipStep';
import { terminateAnalysis } from './kinds/terminateAnalysis';
import { undo } from './kinds/undo';

/** All actions, by name. A new one is one file and one line here. */
export const ACTION_KINDS: Record<RolloutAction, ActionKind> = {
  promote,
  'promote-full': promoteFull,
  'skip-step': skipStep,
  pause,
  resume,
  restart,
  'set-image': setImage,
  undo,
  retry,
  abort,
  'terminate-analysis': terminateAnalysis,
};
