"""Groups that may be one and the same: suggested, merged on a click, parted on another."""
