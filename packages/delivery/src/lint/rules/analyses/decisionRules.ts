import type { LintRule } from '../../rule';
import { namespaceOf } from '../../read/lintObject';
import { perRollout } from '../perRollout';
import { SOURCES } from '../sources';
import type { RolloutScene } from '../../scene/rolloutScene';

const hasExperimentAnalysis = ({ steps }: RolloutScene) =>
  steps.some(({ experiment }) => experiment?.analyses?.length);

const waitsForSomebody = ({ steps, rollout }: RolloutScene) =>
  steps.some(({ pause }) => pause && pause.duration === undefined) ||
  rollout.spec.strategy?.blueGreen?.autoPromotionEnabled === false;

/** Where a strategy's stanza stands. */
const stanzaOf = ({ rollout }: RolloutScene) => [
  'spec',
  'strategy',
  rollout.spec.strategy?.blueGreen ? 'blueGreen' : 'canary',
];

export const nothingDecides = perRollout(
  {
    id: 'nothing-decides',
    severity: 'warning',
    title: 'Somebody or something decides',
    explanation:
      'There is no analysis, and no pause waits for a person: a bad version only takes longer to reach everybody.',
    fix: 'Add an analysis, or a pause without duration.',
    source: SOURCES.bestPractices,
  },
  function* check(rollout) {
    // `no-steps` and `auto-promotion-unseen` say more about the others.
    if (!rollout.steps.length) return;
    if (rollout.analyses.length || hasExperimentAnalysis(rollout)) return;
    if (waitsForSomebody(rollout)) return;
    if (rollout.steps.some(({ plugin }) => plugin)) return;
    yield {
      path: [...stanzaOf(rollout), 'steps'],
      message:
        'Neither an analysis nor a person decides whether this version goes on.',
    };
  },
);

export const noAnalysis = perRollout(
  {
    id: 'no-analysis',
    severity: 'info',
    title: 'Numbers decide, not only people',
    explanation:
      'Only a person stands between a bad version and everybody. At night, and for the tenth release of a day, people promote without looking.',
    fix: 'Add an analysis, in the background or as a step.',
    source: SOURCES.analysis,
  },
  function* check(rollout) {
    if (!rollout.rollout.spec.strategy) return;
    if (rollout.analyses.length || hasExperimentAnalysis(rollout)) return;
    if (!waitsForSomebody(rollout)) return;
    yield {
      path: stanzaOf(rollout),
      message: 'Nothing measures this version; only people decide.',
    };
  },
);

export const autoPromotionUnseen = perRollout(
  {
    id: 'auto-promotion-unseen',
    severity: 'warning',
    title: 'A preview is looked at before it is promoted',
    explanation:
      'Blue-green promotes by itself as soon as the new pods are ready, unless it is told otherwise: without an analysis before it the preview is never tested, and everybody is switched at once.',
    fix: 'Add a prePromotionAnalysis, or set autoPromotionEnabled: false.',
    source: SOURCES.blueGreen,
  },
  function* check({ rollout }) {
    const { blueGreen } = rollout.spec.strategy ?? {};
    if (!blueGreen || blueGreen.prePromotionAnalysis) return;
    if (blueGreen.autoPromotionEnabled === false) return;
    yield {
      path: ['spec', 'strategy', 'blueGreen', 'autoPromotionEnabled'],
      message:
        'The new version is promoted without anybody having looked at it.',
    };
  },
);

export const unusedTemplate: LintRule = {
  id: 'unused-template',
  severity: 'info',
  title: 'A template is used',
  explanation:
    'No rollout among the manifests names it. It may be used from elsewhere; more often a name was changed on one side only.',
  fix: 'Name it in a rollout, or remove it.',
  source: SOURCES.analysis,
  *check({ rollouts, templates, objects }) {
    if (!rollouts.length) return;
    // Experiments and other templates use them as well.
    const text = JSON.stringify(
      objects
        .filter(each => each.group === 'argoproj.io')
        .map(each => [
          namespaceOf(each),
          (each.value as { spec?: unknown }).spec,
        ]),
    );
    for (const { object } of templates) {
      if (object.kind !== 'AnalysisTemplate') continue;
      const { name } = object.value.metadata;
      if (text.includes(`"templateName":${JSON.stringify(name)}`)) continue;
      yield {
        object,
        path: ['metadata', 'name'],
        message: `No rollout among the manifests uses ${name}.`,
      };
    }
  },
};
