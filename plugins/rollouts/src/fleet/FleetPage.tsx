import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { FleetMeasures } from './FleetMeasures';
import { FleetNow } from './FleetNow';
import { FLEET_VIEWS } from './fleetUrl';
import { useFleetQuery } from './useFleetQuery';
import styles from './FleetPage.module.css';

/** All rollouts of all clusters that the reader may see, and how releases go. @public */
export const FleetPage = () => {
  const { t } = useRolloutsTranslation();
  const [query, change] = useFleetQuery();
  return (
    <div className={styles.page}>
      <nav className={styles.views} aria-label={t('fleet.views.label')}>
        {FLEET_VIEWS.map(view => (
          <button
            key={view}
            type="button"
            className={styles.view}
            aria-current={view === query.view ? 'page' : undefined}
            onClick={() => change({ view })}
          >
            {t(`fleet.views.${view}`)}
          </button>
        ))}
      </nav>
      {query.view === 'measures' ? (
        <FleetMeasures />
      ) : (
        <FleetNow query={query} onChange={change} />
      )}
    </div>
  );
};
