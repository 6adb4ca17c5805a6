import { Radio, RadioGroup } from '@backstage/ui';
import type { RevisionView } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { parseImage } from '../format/image';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import styles from './UndoFields.module.css';

/** Which earlier revision to bring back, newest first. */
export const UndoFields = (props: {
  revisions: RevisionView[];
  value: number | undefined;
  onChange(revision: number): void;
}) => {
  const { t } = useRolloutsTranslation();
  if (props.revisions.length === 0) {
    return <p>{t('actions.undo.none')}</p>;
  }
  return (
    <RadioGroup
      label={t('actions.undo.revisions')}
      value={String(props.value)}
      onChange={value => props.onChange(Number(value))}
    >
      {props.revisions.map(({ revision, images, outcome }) => (
        <Radio key={revision} value={String(revision)}>
          {t('actions.undo.revision', {
            revision: String(revision),
            images: images
              .map(({ image }) => parseImage(image).version)
              .join(', '),
          })}
          {(outcome === 'aborted' || outcome === 'rolled-back') && (
            <>
              {' '}
              <span className={styles.failed}>
                {t(`actions.undo.failed.${outcome}`)}
              </span>
            </>
          )}
        </Radio>
      ))}
    </RadioGroup>
  );
};
