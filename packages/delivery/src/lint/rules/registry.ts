import type { LintRule, RuleFacts } from '../rule';
import { ENGINE_RULES } from './engineRules';
import { unknownField, wrongType } from './manifest/shapeRules';
import {
  duplicateObject,
  statusInManifest,
  pausedInManifest,
  restartInManifest,
} from './manifest/objectRules';
import { validationRules } from './validation/validationRules';
import {
  invalidTemplate,
  invalidExperimentObject,
} from './validation/templateRules';
import {
  failureConditionAlone,
  nanPasses,
  noDataPasses,
  noCondition,
} from './metrics/conditionRules';
import {
  failureLimitReachesCount,
  failuresIgnored,
  inconclusiveNeverStops,
  errorsIgnored,
  intervalShort,
  onlyDryRun,
} from './metrics/limitRules';
import {
  secretInArguments,
  secretInHeader,
  insecureProvider,
  jobRetries,
  unusedArgument,
} from './metrics/providerRules';
import {
  backgroundBeforeTraffic,
  analysisBeforeTraffic,
  delayBeyondSteps,
  intervalBeyondSteps,
  queryWithoutHash,
} from './analyses/analysisRules';
import {
  nothingDecides,
  noAnalysis,
  autoPromotionUnseen,
  unusedTemplate,
} from './analyses/decisionRules';
import {
  noSteps,
  pauseLast,
  pauseZero,
  scaleNotMatched,
  routeToNoPods,
  unusedManagedRoute,
  experimentComparesSame,
  experimentWithoutEnd,
} from './steps/stepRules';
import {
  unreachableWeight,
  sameWeight,
  weightsGoDown,
  lastWeightLow,
  firstWeightHigh,
  weightUnseen,
  lastWeightUnseen,
  weightsOutOfScale,
} from './steps/weightRules';
import {
  surgeZero,
  historyZero,
  abortKeepsPods,
  scaleDownDelayShort,
  noPreview,
  singleReplica,
  secondsIgnored,
  retiredRouter,
} from './strategy/strategyRules';
import {
  missingReadinessProbe,
  resourcesMissing,
  imageLatest,
  deadlineShort,
  abruptStop,
} from './pods/podRules';
import {
  referenceNotGiven,
  servicePinned,
  servicePort,
  routeBegins,
} from './around/serviceRules';
import {
  selectorsOverlap,
  workloadKeepsRunning,
  scalerOnDeployment,
  scalerGroup,
  replicasWithScaler,
  budgetBlocks,
} from './around/workloadRules';

/** Every rule that looks at manifests. A new one is a file, and a line here. */
export const RULES: readonly LintRule[] = [
  unknownField,
  wrongType,
  duplicateObject,
  statusInManifest,
  pausedInManifest,
  restartInManifest,
  ...validationRules,
  invalidTemplate,
  invalidExperimentObject,
  failureConditionAlone,
  nanPasses,
  noDataPasses,
  noCondition,
  failureLimitReachesCount,
  failuresIgnored,
  inconclusiveNeverStops,
  errorsIgnored,
  intervalShort,
  onlyDryRun,
  secretInArguments,
  secretInHeader,
  insecureProvider,
  jobRetries,
  unusedArgument,
  backgroundBeforeTraffic,
  analysisBeforeTraffic,
  delayBeyondSteps,
  intervalBeyondSteps,
  queryWithoutHash,
  nothingDecides,
  noAnalysis,
  autoPromotionUnseen,
  unusedTemplate,
  noSteps,
  pauseLast,
  pauseZero,
  scaleNotMatched,
  routeToNoPods,
  unusedManagedRoute,
  experimentComparesSame,
  experimentWithoutEnd,
  unreachableWeight,
  sameWeight,
  weightsGoDown,
  lastWeightLow,
  firstWeightHigh,
  weightUnseen,
  lastWeightUnseen,
  weightsOutOfScale,
  surgeZero,
  historyZero,
  abortKeepsPods,
  scaleDownDelayShort,
  noPreview,
  singleReplica,
  secondsIgnored,
  retiredRouter,
  missingReadinessProbe,
  resourcesMissing,
  imageLatest,
  deadlineShort,
  abruptStop,
  referenceNotGiven,
  servicePinned,
  servicePort,
  routeBegins,
  selectorsOverlap,
  workloadKeepsRunning,
  scalerOnDeployment,
  scalerGroup,
  replicasWithScaler,
  budgetBlocks,
];

/** All that can be found, and so suppressed or set to another severity. */
export const ALL_RULES: readonly RuleFacts[] = [
  ...Object.values(ENGINE_RULES),
  ...RULES,
];

/** Facts by id. */
export const RULES_BY_ID: ReadonlyMap<string, RuleFacts> = new Map(
  ALL_RULES.map(each => [each.id, each]),
);
