$curve0 << END
2 82.046 81.762 82.33
8 82.62 82.4459 82.7941
END
$line0 << END
1.6 83.128 83.0609 83.1951
10 83.128 83.0609 83.1951
END
$curve1 << END
2 49.662 45.7005 53.6235
8 67.068 66.1845 67.9515
END
$curve2 << END
2 79.864 79.4679 80.2601
8 81.154 80.6921 81.6159
END
$line2 << END
1.6 82.38 81.2907 83.4693
10 82.38 81.2907 83.4693
END
$curve3 << END
2 28.16 22.0678 34.2522
8 56.188 52.6641 59.7119
END
set encoding utf8
set style line 1 linecolor rgb "#0072B2" linewidth 2 pointtype 7 pointsize 0.7
set style line 2 linecolor rgb "#D55E00" linewidth 2 pointtype 5 pointsize 0.7
set style line 3 linecolor rgb "#009E73" linewidth 2 pointtype 9 pointsize 0.8
set style line 4 linecolor rgb "#CC79A7" linewidth 2 pointtype 11 pointsize 0.8
set style line 5 linecolor rgb "#E69F00" linewidth 2 pointtype 13 pointsize 0.8
set style line 6 linecolor rgb "#56B4E9" linewidth 2 pointtype 6 pointsize 0.8
set style line 7 linecolor rgb "#7F7F7F" linewidth 2 pointtype 4 pointsize 0.8
set style line 9 linecolor rgb "#333333" linewidth 2
set border 3 linecolor rgb "#333333"
set tics nomirror out scale 0.6
set grid ytics linecolor rgb "#BBBBBB" linewidth 0.7
set logscale x
set xrange [1.6:10]
set xtics ("2" 2, "8" 8)
set offsets 0, 0, graph 0.06, graph 0.04
set xlabel "Privacy loss ε (upper bound, δ = 10^{-5})\n{/*0.7 client level, zero-out, poisson(rate=0.1), pld accountant}\n{/*0.7 client level, zero-out, everyone without amplification, pld accountant}\n{/*0.7 points: mean of 5 with 95 % interval; dashed: no privacy}"
set ylabel "Test accuracy (%)"
set key below horizontal maxcols 1 opaque samplen 2.5 spacing 1.2
plot $curve0 using 1:2:3:4 with yerrorlines linestyle 1 title "iid, federated", \
     $line0 using 1:2 with lines linestyle 1 dashtype 2 notitle, \
     $curve1 using 1:2:3:4 with yerrorlines linestyle 2 title "iid, local", \
     $curve2 using 1:2:3:4 with yerrorlines linestyle 3 title "label shards 2, federated", \
     $line2 using 1:2 with lines linestyle 3 dashtype 2 notitle, \
     $curve3 using 1:2:3:4 with yerrorlines linestyle 4 title "label shards 2, local"
