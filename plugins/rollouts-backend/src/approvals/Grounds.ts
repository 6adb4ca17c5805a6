import {
  isGatedAction,
  type GatedAction,
  type RolloutAction,
  type RolloutRef,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { GateSubject } from '../gates/ActionGate';
import type { GateSubjects } from '../gates/GateSubjects';
import { analysisRunViews } from '../view/analysisRunViews';
import { findByHash, revisionOf } from '../view/revisions';
import type { RolloutViews } from '../view/RolloutViews';
import { stepViews } from '../view/stepViews';
import type { ConditionFacts } from './decide/conditions';
import type { Ground } from './decide/whatMoved';

/** What approvals stand on, from memory. */
export class Grounds {
  constructor(
    private readonly views: Pick<RolloutViews, 'rollout' | 'sources'>,
    private readonly subjects: Pick<GateSubjects, 'of'>,
  ) {}

  subject(ref: RolloutRef, action: GatedAction): GateSubject | undefined {
    const rollout = this.views.rollout(
      `${ref.cluster}/${ref.namespace}/${ref.name}`,
    );
    const subject = rollout && this.subjects.of(ref.cluster, rollout, action);
    return subject && withGatedAction(subject);
  }

  ground(ref: RolloutRef, action: GatedAction): Ground {
    const subject = this.subject(ref, action);
    return {
      rollout: subject?.rollout,
      entities: subject?.entities ?? [],
    };
  }

  /** What the further conditions of policies look at. */
  facts(ref: RolloutRef): ConditionFacts {
    const sources = this.views.sources(
      `${ref.cluster}/${ref.namespace}/${ref.name}`,
    );
    if (!sources) {
      return { analysisRuns: [] };
    }
    const { rollout, replicaSets, analysisRuns } = sources;
    const current = findByHash(replicaSets, rollout.status?.currentPodHash);
    const revision = (current && revisionOf(current)) ?? revisionOf(rollout);
    const step = stepViews(sources).find(
      ({ index }) => index === rollout.status?.currentStepIndex,
    );
    const since = Date.parse(step?.startedAt ?? step?.pause?.startedAt ?? '');
    return {
      analysisRuns: analysisRunViews(analysisRuns, replicaSets).filter(
        run => run.revision === revision,
      ),
      stepSince: Number.isNaN(since) ? undefined : since,
    };
  }
}

function withGatedAction(
  subject: Omit<GateSubject, 'action'> & { action: RolloutAction },
): GateSubject | undefined {
  const { action } = subject;
  return isGatedAction(action) ? { ...subject, action } : undefined;
}
