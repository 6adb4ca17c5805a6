import { perRollout } from '../perRollout';
import { SOURCES } from '../sources';
import { parseFieldPath } from '../../read/fieldPath';
import type { LintRule, RuleFacts } from '../../rule';
import type { Problem } from '../../../rollout/validation/problem';

/** What the controller refuses, by what of the manifest it is about. */
interface ProblemArea extends Pick<
  RuleFacts,
  'id' | 'title' | 'fix' | 'source'
> {
  severity?: RuleFacts['severity'];
  explanation?: string;
  holds(problem: Problem): boolean;
}

const at = (pattern: RegExp) => (problem: Problem) =>
  pattern.test(problem.field);

const STEP = /^spec\.strategy\.canary\.steps\[\d+\]/;

/** The first that fits a problem has it; the last fits all. */
const AREAS: readonly ProblemArea[] = [
  {
    id: 'unsupported-here',
    severity: 'warning',
    title: 'The embedded controller can carry it out',
    explanation:
      'Argo Rollouts may well do it, with a plugin of this name; the controller in the portal, and the simulation, cannot.',
    fix: 'Choose what the message lists, register a plugin, or leave this cluster to Argo Rollouts.',
    source: SOURCES.specification,
    holds: ({ kind }) => kind === 'Unsupported',
  },
  {
    id: 'endless-step-analysis',
    title: 'An analysis that something waits for comes to an end',
    explanation:
      'A metric with an interval and without a count is measured until somebody stops it. A step, or a promotion, that waits for it never goes on; the controller refuses it.',
    fix: 'Set the metric’s count, or run it in the background.',
    source: SOURCES.analysis,
    holds: ({ detail }) => detail.includes('runs indefinitely'),
  },
  {
    id: 'stable-scale-conflict',
    title: 'dynamicStableScale and scaleDownDelaySeconds fit the strategy',
    explanation:
      'dynamicStableScale takes pods away from stable as the weight grows; a delay before scaling down contradicts that. Neither means anything without a traffic router. The controller refuses it.',
    fix: 'Remove one of the two, or route traffic.',
    source: SOURCES.canary,
    holds: at(/\.canary\.(dynamicStableScale|scaleDownDelaySeconds)$/),
  },
  {
    id: 'same-service-twice',
    title: 'Old and new version have services of their own',
    explanation:
      'One service for both sides cannot tell them apart: no weight and no preview is possible. The controller refuses it.',
    fix: 'Name two different services.',
    source: SOURCES.traffic,
    holds: ({ detail }) => detail.includes('uses the same service'),
  },
  {
    id: 'service-selector',
    title: 'A service selects the rollout’s pods, and is only the rollout’s',
    explanation:
      'A service whose selector matches none of the pods leads nowhere, and one that another rollout manages leads elsewhere. The controller refuses it.',
    fix: 'Give the service a selector that the pod template’s labels match, and one rollout only.',
    source: SOURCES.services,
    holds: problem => problem.field.endsWith('Service') && problem.value !== '',
  },
  {
    id: 'invalid-analysis',
    title: 'Every analysis can be started',
    fix: 'Follow the message: name templates that are there, give every argument a value, keep counts and limits consistent.',
    source: SOURCES.analysis,
    holds: at(
      /(\.analysis|PromotionAnalysis|\.analyses\[\d+\])(\.templates|\.templateName)$/,
    ),
  },
  {
    id: 'invalid-experiment',
    title: 'An experiment’s step can be carried out',
    fix: 'Follow the message: templates with names of their own, specRef stable or canary, weights that fit.',
    source: SOURCES.experiment,
    holds: at(/\.experiment\b/),
  },
  {
    id: 'invalid-route-step',
    title: 'Header and mirror routes are ones that the router can set',
    fix: 'Choose a router that can, and list the route’s name under trafficRouting.managedRoutes.',
    source: SOURCES.traffic,
    holds: at(/(set(Header|Mirror)Route|managedRoutes)/),
  },
  {
    id: 'invalid-step',
    title: 'Each step says one thing, within its bounds',
    fix: 'Give each step exactly one field, with a value in the range that the message names.',
    source: SOURCES.specification,
    holds: at(STEP),
  },
  {
    id: 'invalid-routing',
    title: 'The traffic router has what it needs',
    fix: 'Name the services and the objects that the message asks for.',
    source: SOURCES.traffic,
    holds: at(/(trafficRouting|pingPong|canary\.(stable|canary)Service$)/),
  },
  {
    id: 'invalid-blue-green',
    title: 'The blue-green strategy is complete',
    fix: 'Follow the message.',
    source: SOURCES.blueGreen,
    holds: at(/^spec\.strategy\.blueGreen/),
  },
  {
    id: 'invalid-surge',
    title: 'Pods can be exchanged',
    explanation:
      'With neither a pod more nor a pod less allowed nothing can ever move. The controller refuses it, and what is no count or percentage.',
    fix: 'Allow maxSurge or maxUnavailable at least one pod.',
    source: SOURCES.canary,
    holds: at(/max(Surge|Unavailable)$/),
  },
  {
    id: 'invalid-strategy',
    title: 'There is one strategy, and it is complete',
    fix: 'Write either canary or blueGreen, and follow the message.',
    source: SOURCES.specification,
    holds: at(/^spec\.strategy/),
  },
  {
    id: 'invalid-workload-ref',
    title: 'The workload that the rollout takes over can be one',
    fix: 'Refer to a Deployment, ReplicaSet or PodTemplate, and leave spec.template out.',
    source: SOURCES.migrating,
    holds: problem =>
      problem.field.startsWith('spec.workloadRef') ||
      (problem.field === 'spec.template' && problem.kind === 'Forbidden'),
  },
  {
    id: 'invalid-rollout',
    title: 'The rollout is one that a controller carries out',
    fix: 'Follow the message.',
    source: SOURCES.specification,
    holds: () => true,
  },
];

const areaOf = (problem: Problem) => AREAS.find(each => each.holds(problem));

/**
 * The controller's own validation, by the area of each problem. What only is
 * not among the manifests is left to `reference-not-given`.
 */
export const validationRules: LintRule[] = AREAS.map(area =>
  perRollout(
    {
      id: area.id,
      severity: area.severity ?? 'error',
      title: area.title,
      explanation:
        area.explanation ??
        'The controller refuses the rollout (InvalidSpec) and does nothing until it is mended.',
      fix: area.fix,
      source: area.source,
    },
    function* check({ problems }) {
      for (const problem of problems) {
        if (problem.missing || areaOf(problem) !== area) continue;
        const { field, kind, value, detail } = problem;
        const shown =
          kind === 'Invalid value' && typeof value !== 'object'
            ? `${JSON.stringify(value) ?? 'nothing'}: `
            : '';
        yield { path: parseFieldPath(field), message: `${shown}${detail}` };
      }
    },
  ),
);
