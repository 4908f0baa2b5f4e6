// How an outcome is drawn, on phones and on the wall: the pictogram of the level that it is nearest to.

const OUTCOME_ICONS = {
  consensus: "support",
  large_majority: "reserve",
  minority_view: "aside",
  not_adopted: "oppose",
  to_talk: "talk",
};
