import { routingKind } from './routingKind';

const shared = {
  group: 'apisix.apache.org',
  versions: ['v2'],
  status: true,
};

/**
 * Apache APISIX. Without its short name `ar`, which AnalysisRuns have: where
 * both are installed, kubectl takes whichever group it lists first.
 */
export const apisixDefinitions = [
  routingKind({ ...shared, kind: 'ApisixRoute', plural: 'apisixroutes' }),
  routingKind({ ...shared, kind: 'ApisixTls', plural: 'apisixtlses' }),
  routingKind({ ...shared, kind: 'ApisixUpstream', plural: 'apisixupstreams' }),
];
