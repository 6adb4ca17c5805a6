import type { Scenario } from '../scenario';
import { ANALYSIS } from './analysis';
import { ANALYSIS_TEMPLATES } from './analysisTemplates';
import { BLUE_GREEN } from './blueGreen';
import { CANARY } from './canary';
import { EXPERIMENTS } from './experiments';
import { FAILURES } from './failures';
import { INVALID } from './invalid';
import { MANAGED_ROUTES } from './managedRoutes';
import { METADATA } from './metadata';
import { OPERATIONS } from './operations';
import { PLUGIN_ROUTERS } from './pluginRouters';
import { ROUTER_SCENARIOS } from './routers';
import { RESTARTS, STEP_MATRIX } from './stepMatrix';
import { STABLE_SCALE } from './stableScale';
import { TRAFFIC_ROUTING } from './trafficRouting';
import { WORKLOAD_REF } from './workloadRef';

/** All scenarios, theme by theme. */
export const SCENARIOS: Scenario[] = [
  ...CANARY,
  ...TRAFFIC_ROUTING,
  ...STABLE_SCALE,
  ...MANAGED_ROUTES,
  ...ROUTER_SCENARIOS,
  ...PLUGIN_ROUTERS,
  ...BLUE_GREEN,
  ...ANALYSIS,
  ...ANALYSIS_TEMPLATES,
  ...EXPERIMENTS,
  ...STEP_MATRIX,
  ...RESTARTS,
  ...WORKLOAD_REF,
  ...OPERATIONS,
  ...FAILURES,
  ...METADATA,
  ...INVALID,
];
