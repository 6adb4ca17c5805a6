import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Clock } from '@progressive-delivery/kube';
import type { FreezeAccess } from '../access/FreezeAccess';
import type { RolloutAccess } from '../access/RolloutAccess';
import type { ActionLimits } from '../actions/ActionLimits';
import type { RolloutActions } from '../actions/RolloutActions';
import type { Approvals } from '../approvals/Approvals';
import type { DeferredActs } from '../approvals/DeferredActs';
import type { Fleet } from '../clusters/Fleet';
import type { CatalogFollower } from '../entities/CatalogFollower';
import type { FleetView } from '../fleet/FleetView';
import type { Freezes } from '../freezes/createFreezes';
import type { Selectable } from '../selection/matchSelector';
import type { EntityStreams } from '../stream/EntityStreams';
import type { StreamPlaces } from '../stream/StreamPlaces';
import type { HistoryVerifier } from '../history/verify/HistoryVerifier';
import type { HistoryReader } from '../history/read/HistoryReader';
import type { RolloutViews } from '../view/RolloutViews';

/** What the routes stand on. */
export interface RouterContext {
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  access: RolloutAccess;
  views: RolloutViews;
  catalog: Pick<CatalogFollower, 'lookFor'>;
  fleet: Fleet;
  fleetView: FleetView;
  streams: EntityStreams;
  /** Shared by the streams of entities and of the fleet. */
  places: StreamPlaces;
  actions: RolloutActions;
  limits: ActionLimits;
  approvals: Approvals;
  deferred: DeferredActs;
  history: HistoryReader;
  verifier: HistoryVerifier;
  freezes: Freezes;
  freezeAccess: FreezeAccess;
  /** What the scope of a window or a policy looks at. */
  selectable: (cluster: string, rollout: Rollout) => Selectable;
  clock: Clock;
}
