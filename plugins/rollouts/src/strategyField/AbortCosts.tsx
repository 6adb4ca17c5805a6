import type { AbortForecast } from '@progressive-delivery/delivery/preview';
import { formatPercent } from '../format/percent';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import styles from './AbortCosts.module.css';

/** What it costs to go back, at each stage of the update. */
export const AbortCosts = ({ aborts }: { aborts: AbortForecast[] }) => {
  const { t, time } = useRolloutsTranslation();
  const duration = (milliseconds: number) =>
    milliseconds < 1_000
      ? t('strategyField.aborts.atOnce')
      : time.duration(milliseconds / 1_000);
  return (
    <div className={styles.frame}>
      <table className={styles.table}>
        <caption className={styles.caption}>
          {t('strategyField.aborts.label')}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('strategyField.aborts.stage')}</th>
            <th scope="col">{t('strategyField.aborts.share')}</th>
            <th scope="col">{t('strategyField.aborts.exposed')}</th>
            <th scope="col">{t('strategyField.aborts.back')}</th>
            <th scope="col">{t('strategyField.aborts.start')}</th>
            <th scope="col">{t('strategyField.aborts.stop')}</th>
          </tr>
        </thead>
        <tbody>
          {aborts.map(abort => (
            <tr key={`${abort.stage} ${abort.at}`}>
              <th scope="row">{abort.stage}</th>
              <td>{formatPercent(abort.share)}</td>
              <td>
                {abort.exposed < 1
                  ? t('strategyField.aborts.nothing')
                  : t('strategyField.aborts.worth', {
                      duration: time.duration(abort.exposed / 1_000),
                    })}
              </td>
              <td>{duration(abort.backAfter)}</td>
              <td>{abort.podsToStart}</td>
              <td>{abort.podsToStop}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
