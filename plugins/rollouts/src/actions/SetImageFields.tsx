import { Select, TextField, VisuallyHidden } from '@backstage/ui';
import type { ImageChange } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RiArrowRightLine } from '@remixicon/react';
import { useId } from 'react';
import { markImages } from '../format/markImages';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import type { InputProblem } from './actionInput';
import styles from './SetImageFields.module.css';

/** Which container gets which image, and what that changes. */
export const SetImageFields = (props: {
  images: ImageChange[];
  value: { container: string; image: string };
  onChange(value: { container: string; image: string }): void;
  problem?: InputProblem;
}) => {
  const { t } = useRolloutsTranslation();
  const noteId = useId();
  const { images, value, onChange, problem } = props;
  const imageOf = (wanted: string) =>
    images.find(({ container }) => container === wanted)?.current ?? '';
  const current = imageOf(value.container);
  // The image that runs now is where one starts, not a mistake.
  const isInvalid = problem !== undefined && problem !== 'imageSame';

  return (
    <div className={styles.fields}>
      {images.length > 1 && (
        <Select
          label={t('actions.setImage.container')}
          options={images.map(({ container }) => ({
            value: container,
            label: container,
          }))}
          value={value.container}
          onChange={chosen => {
            const container = String(chosen);
            onChange({ container, image: imageOf(container) });
          }}
        />
      )}
      <TextField
        label={t('actions.setImage.image')}
        value={value.image}
        onChange={image => onChange({ ...value, image })}
        isInvalid={isInvalid}
        aria-describedby={noteId}
        spellCheck="false"
        autoComplete="off"
      />
      <div
        id={noteId}
        className={isInvalid ? `${styles.note} ${styles.invalid}` : styles.note}
      >
        {problem ? (
          t(`actions.problem.${problem}`)
        ) : (
          <Change from={current} to={value.image.trim()} />
        )}
      </div>
    </div>
  );
};

/** One image turning into another, what differs marked. */
function Change({ from, to }: { from: string; to: string }) {
  const { t } = useRolloutsTranslation();
  const marked = markImages(from, to);
  return (
    <>
      <VisuallyHidden>
        {t('actions.setImage.change', { from, to })}
      </VisuallyHidden>
      <code aria-hidden="true" className={styles.change}>
        {marked.before}
        <del className={styles.from}>{marked.from}</del>
        <RiArrowRightLine size={14} className={styles.arrow} />
        <ins className={styles.to}>{marked.to}</ins>
        {marked.after}
      </code>
    </>
  );
}
