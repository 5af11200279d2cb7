/* ---- in the place of kinks, where no operation has one */

const atKinks = () => new Map();
const kinkNotes = () => [];
