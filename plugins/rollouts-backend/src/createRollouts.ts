import type {
  AuditorService,
  AuthService,
  DatabaseService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import {
  ApprovalExtensions,
  type ClusterSource,
  type DeliveryExtensions,
} from '@progressive-delivery/backstage-plugin-rollouts-node';
import { systemClock, type Clock } from '@progressive-delivery/kube';
import type { Router } from 'express';
import { ReaderSights } from './access/ReaderSights';
import { FreezeAccess } from './access/FreezeAccess';
import { RolloutAccess } from './access/RolloutAccess';
import { ActionExecutor } from './actions/ActionExecutor';
import { ActionLimits } from './actions/ActionLimits';
import { RolloutActions } from './actions/RolloutActions';
import { Approvals } from './approvals/Approvals';
import { DeferredActs } from './approvals/DeferredActs';
import { readPolicies } from './approvals/policy/readPolicies';
import { CatalogClusterSource } from './clusters/CatalogClusterSource';
import { Fleet } from './clusters/Fleet';
import {
  readKubernetesConfigClusters,
  usesCatalogLocator,
} from './clusters/kubernetesConfigClusters';
import { readRolloutsConfig } from './clusters/RolloutsConfig';
import { ActionLog } from './database/ActionLog';
import { LazyActionStore } from './database/LazyActionStore';
import { rolloutKey } from './entities/EntityIndex';
import { CatalogFollower } from './entities/CatalogFollower';
import { FleetView } from './fleet/FleetView';
import { createFreezes } from './freezes/createFreezes';
import { frozenBy } from './freezes/frozenBy';
import { ActionGates } from './gates/ActionGates';
import { GateSubjects } from './gates/GateSubjects';
import { createHistory } from './history/createHistory';
import type { History } from './history/History';
import { HistoryAccess } from './history/read/HistoryAccess';
import { HistoryReader } from './history/read/HistoryReader';
import { HistoryVerifier } from './history/verify/HistoryVerifier';
import {
  createNotifications,
  type Notifications,
} from './notifications/createNotifications';
import { actOnApproval } from './router/actOnApproval';
import { createRouter } from './router/createRouter';
import type { RouterContext } from './router/RouterContext';
import { EntityStreams } from './stream/EntityStreams';
import { StreamPlaces } from './stream/StreamPlaces';
import { RolloutViews } from './view/RolloutViews';

export interface RolloutsOptions {
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  config: Config;
  database: DatabaseService;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  notifications: NotificationService;
  permissions: PermissionsService;
  userInfo: UserInfoService;
  sources: ClusterSource[];
  /** What modules have added to the delivery controller. */
  extensions?: DeliveryExtensions;
  /** What modules have added to approvals. */
  approvals?: ApprovalExtensions;
  clock?: Clock;
}

/** Puts the rooms together. Nothing runs before `start`. */
export function createRollouts(options: RolloutsOptions): {
  router: Router;
  history: History;
  /** Removes releases, and requests for approval, older than the operator keeps. */
  removeOld(): Promise<void>;
  notifications: Notifications;
  start(): void;
  stop(): Promise<void>;
} {
  const { auth, catalog, logger, clock = systemClock } = options;
  const config = readRolloutsConfig(options.config);
  const store = new LazyActionStore({
    database: options.database,
    clock,
    logger,
  });
  // Clusters and the log tell the views of changes; the views read from both.
  const told: {
    fleet?: Fleet;
    views?: RolloutViews;
    subjects?: GateSubjects;
    gates?: ActionGates;
    approvals?: Approvals;
    deferred?: DeferredActs;
    router?: RouterContext;
    history?: History;
    notifications?: Notifications;
  } = {};
  const log = new ActionLog({
    store: () => store.get(),
    clock,
    logger,
    onRecorded: key => told.views?.recorded(key),
    onRecord: record => told.history?.acted(record),
  });
  const freezes = createFreezes({
    config: options.config,
    database: () => store.knex,
    subject: (cluster, rollout) => told.subjects?.selectable(cluster, rollout),
    replicaSets: (cluster, uid) =>
      told.fleet
        ?.get(cluster)
        ?.mirror?.stores.replicaSets.byIndex('owner', uid) ?? [],
    outcomes: (cluster, rollout) =>
      told.views?.outcomes(cluster, rollout) ?? new Map(),
    clock,
    logger,
  });
  const fleet = new Fleet({
    config,
    holds: freezes.holds,
    extensions: options.extensions,
    configured: [
      ...config.clusters,
      ...readKubernetesConfigClusters(options.config),
    ],
    sources: [
      ...(usesCatalogLocator(options.config)
        ? [new CatalogClusterSource(catalog, auth)]
        : []),
      ...options.sources,
    ],
    clock,
    logger,
    onRolloutChange: (cluster, rollout, gone) => {
      told.views?.rolloutChanged(cluster, rollout, gone);
      told.approvals?.rolloutChanged(rolloutKey(cluster, rollout));
      told.deferred?.look();
      told.history?.rolloutChanged(cluster, rollout, gone);
      told.notifications?.rolloutChanged(cluster, rollout, gone);
    },
    onHealthChange: cluster => {
      told.views?.clusterChanged(cluster);
      told.history?.clusterChanged(cluster);
    },
    onRemoved: ({ name }) => {
      told.views?.clusterRemoved(name);
      told.notifications?.clusterRemoved(name);
    },
  });
  told.fleet = fleet;
  const views = new RolloutViews({
    cluster: name => fleet.get(name),
    clusters: () => fleet.clusters,
    actionsOf: uid => log.entries(uid),
    recordedOf: (cluster, uid) =>
      told.history?.outcomes(cluster, uid) ?? new Map(),
    holdOf: (cluster, rollout) =>
      freezes.holds.holds(cluster, rollout, clock.now())[0],
    locksOf: (cluster, rollout, action) =>
      told.gates && told.subjects
        ? told.gates.look(told.subjects.of(cluster, rollout, action))
        : [],
    clock,
  });
  told.views = views;
  const follower = new CatalogFollower({
    catalog,
    auth,
    logger,
    clock,
    onSelections: selections => {
      views.setEntities(selections);
      told.approvals?.entitiesChanged();
      told.history?.entitiesChanged(views);
    },
  });
  const access = new RolloutAccess({
    permissions: options.permissions,
    ownership: config.ownership,
    selection: ref => views.index.selection(ref),
    claimants: id => views.index.claimants(id),
  });
  const subjects = new GateSubjects({
    access,
    index: views.index,
    tier: cluster => config.overrides.get(cluster)?.tier,
  });
  told.subjects = subjects;
  const isFresh = (cluster: string) =>
    ['ready', 'partial'].includes(fleet.get(cluster)?.health.state ?? '');
  const approvals = new Approvals({
    policies: readPolicies(options.config),
    extensions: options.approvals ?? new ApprovalExtensions(),
    catalog,
    auth,
    database: () => store.knex,
    actions: () => store.get(),
    views,
    subjects,
    isFresh,
    onTurn: () => told.deferred?.look(),
    clock,
    logger,
  });
  told.approvals = approvals;
  // Asked in this order; the last one uses an approval up.
  const gates = new ActionGates([freezes.gate, approvals.gate], clock, logger);
  told.gates = gates;
  const notifications = createNotifications({
    config: options.config,
    service: options.notifications,
    database: () => store.knex,
    facts: approvals.facts,
    subject: (cluster, rollout) => subjects.selectable(cluster, rollout),
    ownersOf: ref => views.index.selection(ref)?.ownerRefs ?? [],
    sentenceOf: key => views.summary(key)?.sentence,
    isFresh,
    isFrozen: (cluster, rollout) =>
      freezes.calendar.applying(
        subjects.selectable(cluster, rollout),
        clock.now(),
      ).length > 0,
    clock,
    logger,
  });
  told.notifications = notifications;
  const unsubscribe = gates.subscribe(change => views.locksChanged(change));
  const kept = createHistory({
    config: options.config,
    approvals,
    database: () => store.knex,
    cluster: name => fleet.get(name),
    clusters: () => fleet.clusters,
    entityRefs: (key, cluster, rollout) =>
      views.index
        .entityRefs(key)
        .filter(ref => !access.refusedTo({ cluster, rollout }, ref)),
    onOutcome: key => views.recorded(key),
    clock,
    logger,
  });
  const { history } = kept;
  told.history = history;
  const streams = new EntityStreams({ views, access, clock, logger });
  const fleetView = new FleetView({
    views,
    access,
    sights: entities =>
      new ReaderSights({
        permissions: options.permissions,
        userInfo: options.userInfo,
        access,
        entities,
        clock,
      }),
    requests: approvals,
    freezes: {
      frozenBy: frozenBy({
        gate: freezes.gate,
        subjects,
        rollout: key => views.rollout(key),
        now: () => clock.now(),
      }),
      subscribe: listener => freezes.calendar.subscribe(listener),
    },
    clock,
    logger,
  });
  const actions = new RolloutActions({
    executor: new ActionExecutor(clock, (cluster, rollout) =>
      views.outcomes(cluster, rollout),
    ),
    store: () => store.get(),
    log,
    gates,
    subjects,
    clock,
    logger,
  });
  const deferred = new DeferredActs({
    find: id => approvals.open.find(id),
    isWaiting: request => approvals.awaited(request) !== undefined,
    act: async (request, credentials) => {
      if (told.router) {
        await actOnApproval(told.router, { request, credentials });
      }
    },
    logger,
  });
  told.deferred = deferred;
  const context: RouterContext = {
    httpAuth: options.httpAuth,
    auditor: options.auditor,
    access,
    views,
    catalog: follower,
    fleet,
    fleetView,
    streams,
    places: new StreamPlaces(),
    actions,
    limits: new ActionLimits(clock),
    approvals,
    deferred,
    history: new HistoryReader({
      database: () => store.knex,
      access: new HistoryAccess(access, views),
      now: () => clock.now(),
    }),
    verifier: new HistoryVerifier({
      permissions: options.permissions,
      database: () => store.knex,
    }),
    freezes,
    freezeAccess: new FreezeAccess(options.permissions),
    selectable: (cluster, rollout) => subjects.selectable(cluster, rollout),
    clock,
  };
  told.router = context;
  return {
    history,
    notifications,
    removeOld: () => kept.removeOld(),
    router: createRouter(context),
    start() {
      store.start();
      freezes.start();
      notifications.start();
      fleet.start();
      follower.start();
      log.start();
      approvals.start();
      kept.start();
    },
    async stop() {
      unsubscribe();
      streams.close();
      fleetView.close();
      await kept.stop();
      await approvals.stop();
      await Promise.all([
        follower.stop(),
        log.stop(),
        freezes.stop(),
        notifications.stop(),
        fleet.stop(),
        store.stop(),
      ]);
    },
  };
}
