import type { GatedAction } from '@progressive-delivery/backstage-plugin-rollouts-common';

const WORDS: Record<GatedAction, (about: string) => string> = {
  promote: about => `promote ${about}`,
  'promote-full': about => `promote ${about} fully`,
  'skip-step': about => `skip a step of ${about}`,
  resume: about => `resume ${about}`,
  restart: about => `restart ${about}`,
  'set-image': about => `set the image of ${about}`,
  undo: about => `undo ${about}`,
  retry: about => `retry ${about}`,
  'terminate-analysis': about => `terminate an analysis of ${about}`,
};

/** An action on a rollout, as a sentence says it: "promote demo/colors fully". */
export function actOn(about: string, action: GatedAction): string {
  return WORDS[action](about);
}
