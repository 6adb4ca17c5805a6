import type { ImageChange } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RiArrowRightLine } from '@remixicon/react';
import { VisuallyHidden } from '@backstage/ui';
import { diffImages, parseImage } from '../format/image';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import styles from './ImageDiff.module.css';

/** "blue → green", with whole images on hover; the one image when settled. */
export const ImageDiff = ({ images }: { images: ImageChange[] }) => {
  const changed = images.filter(
    ({ stable, current }) => stable && current && stable !== current,
  );
  if (changed.length === 0) {
    return (
      <span className={styles.images}>
        {images.flatMap(({ container, current }) =>
          current ? [<Whole key={container} image={current} />] : [],
        )}
      </span>
    );
  }
  return (
    <span className={styles.images}>
      {changed.map(change => (
        <Change
          key={change.container}
          change={change}
          named={changed.length > 1}
        />
      ))}
    </span>
  );
};

function Whole({ image }: { image: string }) {
  return (
    <code className={styles.image} title={image}>
      {parseImage(image).version}
    </code>
  );
}

function Change(props: { change: ImageChange; named: boolean }) {
  const { t } = useRolloutsTranslation();
  const { container, stable = '', current = '' } = props.change;
  const diff = diffImages(stable, current);
  return (
    <span title={`${container}: ${stable} → ${current}`}>
      <VisuallyHidden>
        {t('image.change', { container, from: diff.from, to: diff.to })}
      </VisuallyHidden>
      <span aria-hidden="true" className={styles.change}>
        {props.named && <span>{container}</span>}
        <code className={styles.image}>{diff.from}</code>
        <RiArrowRightLine size={12} />
        <code className={styles.image} data-new="true">
          {diff.to}
        </code>
      </span>
    </span>
  );
}
