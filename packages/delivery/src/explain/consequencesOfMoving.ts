import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Happening } from '../simulate/happening';
import { tooManyPodsIn } from '../simulate/refuseTooManyPods';
import { simulateFrom } from '../simulate/simulateFrom';
import { counted, durationText, percent, sentence, shareText } from './words';

/** Said when the rollout stays as it is. */
export const NOTHING_CHANGES = 'Nothing changes.';

function happeningText(
  happening: Happening,
  rollout: Rollout,
  names: { stable: string; canary: string },
): string {
  switch (happening.kind) {
    case 'weight':
      return rollout.spec.strategy?.canary?.trafficRouting
        ? `routes ${percent(happening.weight)} to ${names.canary}`
        : `gives ${names.canary} ${counted(happening.pods, 'pod')} of ${rollout.spec.replicas ?? 1} (${shareText(rollout, happening.weight)})`;
    case 'pause':
      return happening.milliseconds === undefined
        ? 'waits for someone to promote'
        : `pauses ${durationText(happening.milliseconds)}`;
    case 'analysis':
      return `runs the analysis ${happening.name}`;
    case 'experiment':
      return `runs an experiment with ${happening.versions.join(' and ')}${happening.milliseconds === undefined ? '' : ` for ${durationText(happening.milliseconds)}`}`;
    case 'preview':
      return rollout.spec.strategy?.blueGreen?.previewService
        ? `starts ${counted(happening.pods, 'pod')} of ${names.canary} behind the preview service`
        : `starts ${counted(happening.pods, 'pod')} of ${names.canary} that nobody is routed to`;
    case 'size':
      return `brings ${names.canary} to ${counted(happening.pods, 'pod')}`;
    case 'active':
      return `routes everyone to ${names.canary}`;
    case 'step':
      return `carries out ${happening.label}`;
    default:
      return `makes ${names.canary} the stable version`;
  }
}

/**
 * What follows when the rollout goes on from this state, in sentences: the
 * nearest thing that happens, the rest up to where it waits for a person, and
 * what becomes of the old pods. Computed by the planner on a simulated
 * cluster where pods come up and analysis succeeds.
 */
export function consequencesOfMoving(
  rollout: Rollout,
  names: { stable: string; canary: string },
): string[] {
  const tooMany = tooManyPodsIn(rollout);
  if (tooMany) {
    return [
      `What follows is not computed: ${tooMany.field} asks for ${String(tooMany.pods)} pods.`,
    ];
  }
  const { happenings, scaleDownAfter } = simulateFrom(rollout);
  if (!happenings.length) return [NOTHING_CHANGES];
  const texts = happenings.map(each => happeningText(each, rollout, names));
  const ends = happenings.at(-1)?.kind === 'stable';
  const nearest = happenings.findIndex(
    each => each.kind === 'pause' || each.kind === 'stable',
  );
  const cut = nearest < 0 ? texts.length : nearest + 1;
  const sentences = [`${sentence(texts.slice(0, cut).join(', then '))}.`];
  const rest = happenings.slice(cut);
  if (rest.length) {
    const shorter = rest.map((each, i) =>
      each.kind === 'weight' ? percent(each.weight) : (texts[cut + i] ?? ''),
    );
    sentences.push(`By itself after that: ${shorter.join(', then ')}.`);
  }
  if (ends) {
    sentences.push(
      scaleDownAfter === undefined
        ? `The pods of ${names.stable} are replaced on the way.`
        : `The pods of ${names.stable} stop ${scaleDownAfter === 0 ? 'right' : durationText(scaleDownAfter)} after that; until ${names.canary} is stable, abort brings everyone back.`,
    );
  } else {
    sentences.push(
      `Abort brings everyone back to ${names.stable} at any time.`,
    );
  }
  return sentences;
}
