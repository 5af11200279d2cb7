// Equations become figures in mystmd: in myst.yml, `plugins: [adgraph.mjs]`.
//
//     ```{adgraph}
//     :view: forward
//     y = sin(a*x + b)
//     ```
//
// Options are those of `adgraph draw`, and `caption`, `alt`, `label`, `width`, `align` of the document. A mistake is an
// error of the build, with its place. ADGRAPH may name the program.

import { spawnSync } from 'node:child_process';

const OWN = ['caption', 'label', 'width', 'align'];
const FORMATS = ['svg', 'pdf', 'png']; // each export takes the one that it can show

// Unknown options are not given to directives, so all that adgraph knows are named here.
const ASKED = `adjoint alt animate answers assume at background beamer blank bold captions constants digits direction dpi edges fold
from function group hadamard highlight id-prefix keep-functions layout macros max-operations max-paths max-seconds
max-width of order pin role scale seconds seed shape shapes size standalone step style symbol template theme title
transpose unroll view write wrt`.split(/\s+/);

function figure(data, file) {
  const words = Object.entries(data.options ?? {}).filter(([key]) => !OWN.includes(key))
    .map(([key, value]) => (value === '' || value === true ? key : `${key}="${value}"`)).join(' ');
  const block = { words, text: data.body ?? '', captioned: Boolean(data.options?.caption) };
  const asked = { formats: FORMATS, folder: '_adgraph', document: file.path ?? '', blocks: [block] };
  const done = spawnSync(process.env.ADGRAPH ?? 'adgraph', ['embed'], { input: JSON.stringify(asked), encoding: 'utf8' });
  if (done.error?.code === 'ENOENT') throw new Error('the program adgraph is not found\nhint: pip install graphviz-ad, or name it by ADGRAPH');
  if (done.error) throw done.error;
  if (done.status !== 0) throw new Error(done.stderr.trim());
  return JSON.parse(done.stdout)[0];
}

const adgraph = {
  name: 'adgraph',
  doc: 'The computational graph of equations, with its derivatives.',
  options: Object.fromEntries([...OWN, ...ASKED].map((name) => [name, { type: String }])),
  body: { type: String },
  run(data, vfile, ctx) {
    const { caption, label, width, align } = data.options ?? {};
    let made;
    try {
      made = figure(data, vfile);
    } catch (error) {
      vfile.message(error.message, data.node).fatal = true;
      return [{ type: 'code', lang: 'text', value: error.message }];
    }
    const image = { type: 'image', url: made.files.svg.replace(/svg$/, '*'), alt: made.alt, width, align };
    if (!caption) return [{ ...image, ...(label && { identifier: label, label }) }];
    const said = { type: 'caption', children: [{ type: 'paragraph', children: ctx.parseMyst(caption).children[0].children }] };
    return [{ type: 'container', kind: 'figure', ...(label && { identifier: label, label }), children: [image, said] }];
  },
};

export default { name: 'adgraph', directives: [adgraph] };
