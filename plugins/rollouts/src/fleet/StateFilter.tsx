import {
  FLEET_STATES,
  type FleetState,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { PHASE_ICONS } from '../status/PhaseBadge';
import { phaseTone } from '../status/phaseLook';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import styles from './StateFilter.module.css';

/** How many are in which state; each is a switch that shows only those. */
export const StateFilter = (props: {
  counts: Record<string, number>;
  chosen: FleetState[];
  onChange(chosen: FleetState[]): void;
}) => {
  const { t } = useRolloutsTranslation();
  const { counts, chosen, onChange } = props;
  return (
    <div
      role="group"
      aria-label={t('fleet.facet.state')}
      className={styles.states}
    >
      {FLEET_STATES.map(state => {
        const Icon = PHASE_ICONS[state];
        const pressed = chosen.includes(state);
        const count = counts[state] ?? 0;
        return (
          <button
            key={state}
            type="button"
            aria-pressed={pressed}
            className={styles.state}
            data-tone={count > 0 ? phaseTone(state) : 'none'}
            onClick={() =>
              onChange(
                pressed
                  ? chosen.filter(each => each !== state)
                  : [...chosen, state],
              )
            }
          >
            <Icon size={16} aria-hidden="true" className={styles.icon} />
            <span className={styles.count}>{count.toLocaleString()}</span>
            <span className={styles.word}>{t(`phase.${state}`)}</span>
          </button>
        );
      })}
    </div>
  );
};
