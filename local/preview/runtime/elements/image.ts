import { hostServices } from './host-services';
import { flag, text, type ElementDefinition } from './element-definition';

export const image: ElementDefinition = {
  properties: {
    src: text(),
    mode: text('scaleToFill'),
    lazyLoad: flag(),
    showMenuByLongpress: flag(),
    webp: flag(),
  },
  setUp({ instance, node, string, emit }) {
    const picture = document.createElement('img');
    picture.alt = '';
    node.append(picture);
    picture.addEventListener('load', () => {
      if (string('mode') === 'widthFix') node.style.height = 'auto';
      emit('load', { width: picture.naturalWidth, height: picture.naturalHeight });
    });
    picture.addEventListener('error', () => {
      if (picture.getAttribute('src')) emit('error', { errMsg: 'image load failed' });
    });
    const ownerId = (): string => instance._$.ownerShadowRoot?.getHostNode().is ?? '';
    return {
      onChanged: name => {
        if (name === 'mode') node.setAttribute('mode', string('mode'));
        if (name === 'ariaLabel') picture.alt = string('ariaLabel');
        if (name !== 'src') return;
        if (string('src')) picture.src = hostServices().toAssetUrl(string('src'), ownerId());
        else picture.removeAttribute('src');
      },
    };
  },
};
