"""The quarterly sample: how right is the catalog?"""
