import type { Scenario } from '../scenario';
import { CANARY } from './canary';
import { TRAFFIC_ROUTING } from './trafficRouting';

/** All scenarios, theme by theme. */
export const SCENARIOS: Scenario[] = [...CANARY, ...TRAFFIC_ROUTING];
